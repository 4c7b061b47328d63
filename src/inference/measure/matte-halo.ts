import { type EdgeProfile, edgeProfiles, REACH } from './edge-profiles.ts'
import { quantile } from './quantile.ts'
import { advisory, decided, unmeasured } from './row.ts'
import type { Measurement } from './scene.ts'

/** Share of the outline with a fringe, %; from the calibration in docs/measurements.md. */
const BAND = { max: 15 }
/** L* a fringe stands out by, from everything on either side of it. */
const STANDS_OUT = 8
/** Range of L* of a background too restless beside the person to tell a fringe from texture. */
const RESTLESS = 10
const LEAST_PROFILES = 40

/** Where along a profile the person, the fringe and the background are looked at, in thousandths of the long edge. */
const PERSON = [-26, -10] as const
const FRINGE = [-9, 13] as const
const BACKGROUND = [14, 30] as const

type Fringe = 'light' | 'dark' | 'none'

/**
 * Share of the person's outline along which a line is lighter, or darker, than the person on one side and the background
 * on the other. A clean edge runs from one to the other, hair included, since every strand is a mix of the two; a halo
 * of the old background, or a rim of shadow, overshoots.
 */
export const matteHalo: Measurement = {
  question: { id: 'matte-halo', question: 'Is the outline of the person free of a fringe?', unit: '%' },
  measure({ request, picture, subject }) {
    const fringes = edgeProfiles(picture.raster, subject.classes)
      .filter((profile) => range(profile) <= RESTLESS)
      .map((profile) => ({ at: profile.at, fringe: fringeOf(profile) }))
    if (fringes.length < LEAST_PROFILES) {
      return unmeasured(this.question, 'advisory', 'The background is too restless beside the person to tell.')
    }
    const found = fringes.filter(({ fringe }) => fringe !== 'none')
    const value = (100 * found.length) / fringes.length
    const light = found.filter(({ fringe }) => fringe === 'light').length
    const points = found.map(({ at }) => at)
    const finding = {
      value,
      band: BAND,
      ideal: 0,
      note: value > BAND.max ? `The fringe is ${2 * light >= found.length ? 'light' : 'dark'}.` : undefined,
      regions: points.length > 0 ? [{ shape: 'points' as const, label: 'fringe', points }] : []
    }
    // A painted picture has no matte; rim light and texture may look like one.
    return request.generatorKind === 'generative' ? advisory(this.question, finding) : decided(this.question, finding)
  }
}

function part({ lightness }: EdgeProfile, [from, to]: readonly [number, number]): Float32Array {
  return lightness.subarray(from + REACH, to + REACH + 1)
}

function range(profile: EdgeProfile): number {
  const beyond = part(profile, BACKGROUND)
  return quantile(beyond, 0.9) - quantile(beyond, 0.1)
}

function fringeOf(profile: EdgeProfile): Fringe {
  const [person, fringe, beyond] = [part(profile, PERSON), part(profile, FRINGE), part(profile, BACKGROUND)]
  const above = Math.max(...fringe) - Math.max(quantile(person, 0.9), quantile(beyond, 0.9))
  const below = Math.min(quantile(person, 0.1), quantile(beyond, 0.1)) - Math.min(...fringe)
  if (Math.max(above, below) < STANDS_OUT) return 'none'
  return above > below ? 'light' : 'dark'
}

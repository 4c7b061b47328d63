import { say } from '../../domain/sentences/say.ts'
import { type EdgeProfile, edgeProfiles, REACH } from './edge-profiles.ts'
import { quantile } from './quantile.ts'
import { advisory, decided, unmeasured } from './row.ts'
import type { Measurement } from './scene.ts'

/** Mean overshoot along the outline, L*; from the calibration in docs/measurements.md. */
const BAND = { max: 6 }
/** L* a fringe stands out by, from everything on either side of it, before it counts; and what one place adds at most. */
const STANDS_OUT = 10
const MOST = 40
/** Thousandths of the long edge: wider than this it is a strand of hair, an ear or a collar, not a fringe. */
const WIDEST = 9
/** Range of L* of a background too restless beside the person to tell a fringe from texture. */
const RESTLESS = 10
const LEAST_PROFILES = 40

/** Where along a profile the person, the fringe and the background are looked at, in thousandths of the long edge. */
const PERSON = [-26, -10] as const
const FRINGE = [-9, 13] as const
const BACKGROUND = [14, 30] as const

/** L* by which a narrow line along the edge is lighter (above 0) or darker (below 0) than both of its sides; 0 without one. */
function fringe(profile: EdgeProfile): number {
  const [person, beyond] = [part(profile, PERSON), part(profile, BACKGROUND)]
  const light = overshoot(profile, 1, Math.max(quantile(person, 0.9), quantile(beyond, 0.9)))
  const dark = overshoot(profile, -1, Math.min(quantile(person, 0.1), quantile(beyond, 0.1)))
  return light >= dark ? light : -dark
}

/**
 * How far the person's outline overshoots: a line of the old background, or of shadow, that is lighter or darker than
 * the person on one side and the background on the other. A clean edge runs from one to the other, hair included, since
 * every strand is a mix of the two.
 */
export const matteHalo: Measurement = {
  question: { id: 'matte-halo', question: say('asks-matte-halo'), unit: 'L*' },
  measure({ request, picture, subject }) {
    const profiles = edgeProfiles(picture.raster, subject.classes).filter(
      (profile) => restlessness(profile) <= RESTLESS
    )
    if (profiles.length < LEAST_PROFILES) {
      return unmeasured(this.question, 'advisory', say('background-restless'))
    }
    const fringes = profiles.map(fringe)
    const value = fringes.reduce((sum, each) => sum + Math.abs(each), 0) / fringes.length
    const balance = fringes.reduce((sum, each) => sum + each, 0)
    const points = profiles.filter((_, index) => fringes[index] !== 0).map(({ at }) => at)
    const finding = {
      value,
      band: BAND,
      ideal: 0,
      note: value > BAND.max ? say(balance > 0 ? 'fringe-light' : 'fringe-dark') : undefined,
      regions: points.length > 0 ? [{ shape: 'points' as const, label: 'fringe', points }] : []
    }
    // A painted picture has no matte; rim light and texture may look like one.
    return request.generatorKind === 'generative' ? advisory(this.question, finding) : decided(this.question, finding)
  }
}

function part({ lightness }: EdgeProfile, [from, to]: readonly [number, number]): Float32Array {
  return lightness.subarray(from + REACH, to + REACH + 1)
}

function restlessness(profile: EdgeProfile): number {
  const beyond = part(profile, BACKGROUND)
  return quantile(beyond, 0.9) - quantile(beyond, 0.1)
}

/** Height above `level` (below it for sign −1) of the highest place near the edge, where that is narrow and stands out. */
function overshoot({ lightness }: EdgeProfile, sign: 1 | -1, level: number): number {
  const height = (at: number) => sign * ((lightness[at] ?? 0) - level)
  let peak = FRINGE[0] + REACH
  for (let at = peak; at <= FRINGE[1] + REACH; at++) if (height(at) > height(peak)) peak = at
  const top = height(peak)
  if (top < STANDS_OUT) return 0
  let [from, to] = [peak, peak]
  while (from > 0 && height(from - 1) > top / 2) from--
  while (to < lightness.length - 1 && height(to + 1) > top / 2) to++
  return to - from + 1 <= WIDEST ? Math.min(MOST, top) : 0
}

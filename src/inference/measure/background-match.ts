import type { Criterion } from '../../domain/criterion.ts'
import type { Backdrop, HexColour } from '../../domain/parameters/background.ts'
import { backdropOf } from '../../domain/parameters/parameters.ts'
import { say } from '../../domain/sentences/say.ts'
import { distanceFrom, labOfHex, medianColour, unevenness } from './background-colour.ts'
import { likenessToOld, shareBeyond } from './old-background.ts'
import { likenessToPhotograph } from './photograph-likeness.ts'
import { decided, type Finding, unmeasured } from './row.ts'
import type { Measurement, Scene } from './scene.ts'

/** Cells of 96 along the longer edge; with fewer a tight crop leaves nothing to judge. */
const LEAST_CELLS = 40

/**
 * Whether the backdrop is what was asked for, as far as pixels tell without knowing how it was made: a plain colour by
 * its colour and evenness, the own background by its likeness to the reference, any other place by not being the old
 * one and not being empty. Whether it looks like an office is a question for a model that reads pictures.
 */
export const backgroundMatch: Measurement = {
  question: { id: 'background-match', question: say('asks-background-match'), unit: '' },
  measure(scene) {
    const { request, profile, subject } = scene
    const refused = request.limitations.find((limitation) => limitation.parameter === 'background')
    if (refused) return unmeasured(this.question, 'not-attempted', refused.reason)
    if (subject.background.cells.length < LEAST_CELLS) {
      return unmeasured(this.question, 'advisory', say('background-too-little'))
    }
    const asked = answer(scene, backdropOf(request.parameters.background))
    if (profile.background !== 'plain-light') return asked
    const light = plainLight(scene)
    return asked.outcome === 'failed' ? asked : light
  }
}

const row = (unit: string, finding: Finding): Criterion => decided({ ...backgroundMatch.question, unit }, finding)

function answer(scene: Scene, backdrop: Backdrop | undefined): Criterion {
  if (backdrop === undefined) return otherPlace(scene)
  switch (backdrop.kind) {
    case 'plain':
      return plain(scene, backdrop.colour)
    case 'gradient':
    case 'canvas':
      return tinted(scene, backdrop.colour)
    case 'original':
      return ownBackground(scene)
    case 'place':
      return otherPlace(scene)
    case 'own':
      return ownBackdrop(scene)
  }
}

/** A plain colour under a colour grade and a soft fall of light may be this far off; next to each other it shows. */
const PLAIN = { max: 7 }

function plain({ subject }: Scene, colour: HexColour): Criterion {
  const value = distanceFrom(subject.background, labOfHex(colour))
  const uneven = unevenness(subject.background)
  return row('ΔE00', {
    value,
    band: PLAIN,
    ideal: 0,
    note:
      value <= PLAIN.max
        ? undefined
        : uneven > PLAIN.max
          ? say('background-uneven', { difference: uneven.toFixed(0) })
          : say('background-other-colour', { colour })
  })
}

/** Gradients and canvases vary in lightness on purpose; their hue and chroma stay. */
const TINT = { max: 14 }

function tinted({ subject }: Scene, colour: HexColour): Criterion {
  const { a, b } = medianColour(subject.background)
  const asked = labOfHex(colour)
  return row('Δab', { value: Math.hypot(a - asked.a, b - asked.b), band: TINT, ideal: 0 })
}

/** Correlation with the reference's background; see docs/measurements.md for what kept and replaced ones measured. */
const LIKE = 0.6

/** With more than half of the picture beyond the edges of the photo its background is mostly made up. */
const BEYOND = { max: 50 }

function ownBackground(scene: Scene): Criterion {
  const beyond = 100 * leastBeyond(scene)
  if (beyond > BEYOND.max) {
    const note = say('background-beyond-photo')
    return row('%', { value: beyond, band: BEYOND, ideal: 0, note })
  }
  const likeness = likenessTo(scene)
  if (likeness === null) {
    return unmeasured(backgroundMatch.question, 'advisory', say('background-not-recognisable'))
  }
  return row('correlation', { value: likeness, band: { min: LIKE }, ideal: 1 })
}

function stillTheOld(value: number): Criterion {
  return row('correlation', {
    value,
    band: { max: LIKE },
    ideal: 0,
    note: say('background-still-old')
  })
}

/** A place has light and dark, near and far, even out of focus. */
const EMPTY = { min: 3 }

function otherPlace(scene: Scene): Criterion {
  const likeness = likenessTo(scene)
  if (likeness !== null && likeness > LIKE) {
    return stillTheOld(likeness)
  }
  const value = unevenness(scene.subject.background)
  const note = value < EMPTY.min ? say('background-no-place') : undefined
  return row('ΔE00', { value, band: EMPTY, ideal: 12, note })
}

/** Correlation with a photograph out of focus; see docs/measurements.md for what shown and other ones measured. */
const SHOWN = 0.7

/**
 * A photograph is recognised; of a panorama, which may be seen from any side, it is known only that it is not the old
 * background and not empty.
 */
function ownBackdrop(scene: Scene): Criterion {
  const { backdrop, subject } = scene
  if (backdrop?.kind !== 'photograph') return otherPlace(scene)
  const shown = likenessToPhotograph(subject.background, backdrop.photograph)
  const old = likenessTo(scene)
  if (old !== null && old > LIKE && old > (shown ?? -1)) return stillTheOld(old)
  if (shown === null) {
    return unmeasured(backgroundMatch.question, 'advisory', say('backdrop-too-even'))
  }
  const note = shown < SHOWN ? say('backdrop-not-recognised') : undefined
  return row('correlation', { value: shown, band: { min: SHOWN }, ideal: 1, note })
}

function leastBeyond({ picture, subject, references }: Scene): number {
  return Math.min(
    ...references.map(({ surroundings }) => shareBeyond(subject.background, picture.raster, subject.face, surroundings))
  )
}

function likenessTo({ picture, subject, references }: Scene): number | null {
  const likenesses = references
    .map(({ surroundings }) => likenessToOld(subject.background, picture.raster, subject.face, surroundings))
    .filter((likeness) => likeness !== null)
  return likenesses.length > 0 ? Math.max(...likenesses) : null
}

/** ICAO Doc 9303 part 3, 2021: a plain, light-coloured background; light grey or cream is common. */
const LIGHT = { min: 75 }
const UNEVEN = { max: 8 }

function plainLight({ subject }: Scene): Criterion {
  const uneven = unevenness(subject.background)
  if (uneven > UNEVEN.max) {
    return row('ΔE00', { value: uneven, band: UNEVEN, ideal: 0, note: say('needs-plain-background') })
  }
  const { L } = medianColour(subject.background)
  const note = L < LIGHT.min ? say('needs-light-background') : undefined
  return row('L*', { value: L, band: LIGHT, ideal: 95, note })
}

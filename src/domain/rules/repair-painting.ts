import type { Repair } from '../brief.ts'
import type { Criterion } from '../criterion.ts'
import type { TuneRequest } from '../engine.ts'
import { bandInWords, valueInWords } from '../figures.ts'
import { failedCriteria } from '../judgement.ts'
import { deviationOf } from './deviation.ts'

/** A setting of a painting engine that acts on how near the face is to the references. */
interface Lever {
  readonly setting: string
  /** The value that brings the face nearer, or, where it is too near, farther away; null where there is none left. */
  readonly next: (current: number, side: 'above' | 'below') => number | null
  readonly effect: Readonly<Record<'above' | 'below', string>>
}

/** A step that can be seen; three of them span what helps. */
const STEP = 0.25
/** From here down the photos are shown and nothing beside them. */
const PHOTOS_ALONE = 0.5
const START_STEP = 0.15
/** Below this the photo's own light and clothes stay, and nothing that was asked for is painted. */
const LEAST_START = 0.4

/** In the order in which they are tried: what costs the rest of the picture least comes first. */
const LEVERS: readonly Lever[] = [
  {
    setting: 'reference.strength',
    next: (current, side) =>
      side === 'above'
        ? current < 1
          ? Math.min(1, current + STEP)
          : null
        : current > PHOTOS_ALONE
          ? Math.max(PHOTOS_ALONE, current - STEP)
          : null,
    effect: { above: 'the references weigh more', below: 'the references weigh less' }
  },
  {
    setting: 'img2img.strength',
    next: (current, side) =>
      side === 'above'
        ? current > LEAST_START
          ? Math.max(LEAST_START, current - START_STEP)
          : null
        : current < 1
          ? Math.min(1, current + START_STEP)
          : null,
    effect: { above: 'more of the photo stays', below: 'less of the photo stays' }
  }
]

/**
 * Changes of settings for an engine that paints: where it painted another person the references weigh more, or more of the
 * photo stays; where it copied the face the other way round. One setting at a time, of those the engine says it takes.
 */
export function repairPainting({ brief, judgement, generator }: TuneRequest): Repair[] {
  const identity = failedCriteria(judgement).find(({ id }) => id === 'identity')
  const side = identity && deviationOf(identity)?.side
  if (!identity || side === undefined) return []
  for (const { setting, next, effect } of LEVERS) {
    const from = brief.settings[setting] ?? generator.settings?.[setting]
    if (typeof from !== 'number' || generator.settings?.[setting] === undefined) continue
    const to = next(from, side)
    if (to === null) continue
    const rounded = Math.round(to * 100) / 100
    return [
      { criterion: identity.id, setting, from, to: rounded, reason: `${reasonFor(identity)}, so ${effect[side]}.` }
    ]
  }
  return []
}

function reasonFor(identity: Criterion): string {
  return `The face is ${valueInWords(identity)} from the reference and should be ${bandInWords(identity.band, identity.unit)}`
}

import type { CriterionId, MeasuredCriterionId } from '../criterion.ts'
import { CRITERION_PHRASES } from '../sentences/criterion-phrases.ts'
import { say } from '../sentences/say.ts'

/**
 * How a criterion is spoken of. `past` completes "none …", `base` completes "it did not …". A fault is what anyone sees
 * on the picture where the value lies below its limits, or above them.
 */
export interface CriterionWords {
  readonly label: string
  readonly past: string
  readonly base: string
  readonly fault?: { readonly below: string; readonly above: string }
}

type Phrase = keyof typeof CRITERION_PHRASES
/** The criteria that phrases of this kind are for. */
type Of<Kind extends string> = Phrase extends infer Id ? (Id extends `${Kind}.${infer Name}` ? Name : never) : never

const words = (id: Exclude<Of<'past'> & Of<'base'>, 'ordered'>, label: string): CriterionWords => ({
  label,
  past: CRITERION_PHRASES[`past.${id}`],
  base: CRITERION_PHRASES[`base.${id}`]
})
const sides = (id: Of<'below'> & Of<'above'>, label: string): CriterionWords => ({
  ...words(id, label),
  fault: { below: CRITERION_PHRASES[`below.${id}`], above: CRITERION_PHRASES[`above.${id}`] }
})
const either = (id: Of<'fault'>, label: string): CriterionWords => ({
  ...words(id, label),
  fault: { below: CRITERION_PHRASES[`fault.${id}`], above: CRITERION_PHRASES[`fault.${id}`] }
})

const MEASURED: Readonly<Record<MeasuredCriterionId, CriterionWords>> = {
  'face-count': sides('face-count', 'number of faces'),
  identity: sides('identity', 'likeness'),
  'head-height': sides('head-height', 'head height'),
  'eye-line': sides('eye-line', 'eye line'),
  'head-centre': sides('head-centre', 'centring'),
  'head-tilt': either('head-tilt', 'head tilt'),
  'eyes-open': either('eyes-open', 'open eyes'),
  expression: either('expression', 'expression'),
  sharpness: either('sharpness', 'sharpness'),
  noise: either('noise', 'noise'),
  exposure: sides('exposure', 'exposure'),
  'highlight-clipping': either('highlight-clipping', 'blown highlights'),
  'shadow-clipping': either('shadow-clipping', 'blocked shadows'),
  'background-match': either('background-match', 'background match'),
  'matte-halo': either('matte-halo', 'edge halo'),
  'picture-valid': either('picture-valid', 'usable picture'),
  size: either('size', 'pixel size'),
  'source-detail': either('source-detail', 'source detail')
}

const ASKED: Readonly<Record<string, CriterionWords>> = {
  'vlm:same-person': words('vlm:same-person', 'same person'),
  'vlm:face': words('vlm:face', 'natural face'),
  'vlm:hands': words('vlm:hands', 'natural hands'),
  'vlm:expression': words('vlm:expression', 'natural expression'),
  'vlm:artefacts': words('vlm:artefacts', 'flawlessness')
}

const isMeasured = (id: CriterionId): id is MeasuredCriterionId => id in MEASURED

export function criterionWords(id: CriterionId): CriterionWords {
  const known = isMeasured(id) ? MEASURED[id] : ASKED[id]
  if (known) return known
  const parameter = id.slice(id.indexOf(':') + 1).replaceAll('-', ' ')
  return {
    label: parameter,
    past: say('past.ordered', { parameter }),
    base: say('base.ordered', { parameter })
  }
}

/** 'head height' → 'Head height'. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** 'a', 'a and b', 'a, b and c'. */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

/** 3, 'attempt' → 'Three attempts'. */
export function counted(count: number, noun: string): string {
  return `${NUMBERS[count] ?? count} ${noun}${count === 1 ? '' : 's'}`
}

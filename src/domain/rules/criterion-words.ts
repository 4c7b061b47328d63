import type { CriterionId, MeasuredCriterionId } from '../criterion.ts'

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

const either = (fault: string) => ({ below: fault, above: fault })

const MEASURED: Readonly<Record<MeasuredCriterionId, CriterionWords>> = {
  'face-count': {
    label: 'number of faces',
    past: 'showed exactly one face',
    base: 'show exactly one face',
    fault: { below: 'no face can be found', above: 'somebody else can be seen' }
  },
  identity: {
    label: 'likeness',
    past: 'kept the face close enough',
    base: 'keep the face close enough',
    fault: { below: 'the face is a copy of the photo', above: 'the face does not look enough like the photo' }
  },
  'head-height': {
    label: 'head height',
    past: 'showed the head at the right size',
    base: 'show the head at the right size',
    fault: { below: 'the head is too small', above: 'the head is too large' }
  },
  'eye-line': {
    label: 'eye line',
    past: 'had the eyes at the right height',
    base: 'have the eyes at the right height',
    fault: { below: 'the head sits too high', above: 'the head sits too low' }
  },
  'head-centre': {
    label: 'centring',
    past: 'had the head in the middle',
    base: 'have the head in the middle',
    fault: { below: 'the head is too far left', above: 'the head is too far right' }
  },
  'head-tilt': {
    label: 'head tilt',
    past: 'held the head level enough',
    base: 'hold the head level enough',
    fault: either('the head leans too far')
  },
  'eyes-open': {
    label: 'open eyes',
    past: 'showed the eyes open',
    base: 'show the eyes open',
    fault: either('the eyes are closed')
  },
  expression: {
    label: 'expression',
    past: 'had the expression that was asked for',
    base: 'have the expression that was asked for',
    fault: either('the expression is another one')
  },
  sharpness: {
    label: 'sharpness',
    past: 'came out sharp enough',
    base: 'come out sharp enough',
    fault: either('the face is not sharp')
  },
  noise: {
    label: 'noise',
    past: 'came out free of disturbing noise',
    base: 'come out free of disturbing noise',
    fault: either('the face is grainy')
  },
  exposure: {
    label: 'exposure',
    past: 'had the skin at the right brightness',
    base: 'have the skin at the right brightness',
    fault: { below: 'the face is too dark', above: 'the face is too light' }
  },
  'highlight-clipping': {
    label: 'blown highlights',
    past: 'kept detail in the brightest skin',
    base: 'keep detail in the brightest skin',
    fault: either('bright skin is burnt out')
  },
  'shadow-clipping': {
    label: 'blocked shadows',
    past: 'kept detail in the darkest skin',
    base: 'keep detail in the darkest skin',
    fault: either('dark skin is solid black')
  },
  'background-match': {
    label: 'background match',
    past: 'had the background that was ordered',
    base: 'have the background that was ordered',
    fault: either('the background is not the one ordered')
  },
  'matte-halo': {
    label: 'edge halo',
    past: 'had a clean edge around the person',
    base: 'have a clean edge around the person',
    fault: either('the outline has a rim')
  },
  'picture-valid': {
    label: 'usable picture',
    past: 'came out as a usable picture',
    base: 'come out as a usable picture',
    fault: either('the picture is empty')
  },
  size: {
    label: 'pixel size',
    past: 'had the size that was ordered',
    base: 'have the size that was ordered',
    fault: either('the size is another one')
  },
  'source-detail': {
    label: 'source detail',
    past: 'had enough real detail behind it',
    base: 'have enough real detail behind it',
    fault: either('too few pixels come from the photo')
  }
}

const ASKED: Readonly<Record<string, CriterionWords>> = {
  'vlm:same-person': {
    label: 'same person',
    past: 'showed the person of the photo',
    base: 'show the person of the photo'
  },
  'vlm:face': { label: 'natural face', past: 'had a natural face', base: 'have a natural face' },
  'vlm:hands': {
    label: 'natural hands',
    past: 'was free of malformed hands',
    base: 'come out free of malformed hands'
  },
  'vlm:expression': {
    label: 'natural expression',
    past: 'had a natural expression',
    base: 'have a natural expression'
  },
  'vlm:artefacts': { label: 'flawlessness', past: 'was free of visible flaws', base: 'come out free of visible flaws' }
}

const isMeasured = (id: CriterionId): id is MeasuredCriterionId => id in MEASURED

export function criterionWords(id: CriterionId): CriterionWords {
  const known = isMeasured(id) ? MEASURED[id] : ASKED[id]
  if (known) return known
  const parameter = id.slice(id.indexOf(':') + 1).replaceAll('-', ' ')
  return {
    label: parameter,
    past: `carried out the ${parameter} that was ordered`,
    base: `carry out the ${parameter} that was ordered`
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

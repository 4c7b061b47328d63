import type { CriterionId, MeasuredCriterionId } from '../criterion.ts'

/** How a criterion is spoken of. `past` completes "none …", `base` completes "it did not …". */
export interface CriterionWords {
  readonly label: string
  readonly past: string
  readonly base: string
}

const MEASURED: Readonly<Record<MeasuredCriterionId, CriterionWords>> = {
  'face-count': {
    label: 'number of faces',
    past: 'showed exactly one face',
    base: 'show exactly one face'
  },
  identity: {
    label: 'likeness',
    past: 'kept the face close enough',
    base: 'keep the face close enough'
  },
  'head-height': {
    label: 'head height',
    past: 'showed the head at the right size',
    base: 'show the head at the right size'
  },
  'eye-line': {
    label: 'eye line',
    past: 'had the eyes at the right height',
    base: 'have the eyes at the right height'
  },
  'head-centre': {
    label: 'centring',
    past: 'had the head in the middle',
    base: 'have the head in the middle'
  },
  'head-tilt': {
    label: 'head tilt',
    past: 'held the head level enough',
    base: 'hold the head level enough'
  },
  'eyes-open': {
    label: 'open eyes',
    past: 'showed the eyes open',
    base: 'show the eyes open'
  },
  expression: {
    label: 'expression',
    past: 'had the expression that was asked for',
    base: 'have the expression that was asked for'
  },
  sharpness: {
    label: 'sharpness',
    past: 'came out sharp enough',
    base: 'come out sharp enough'
  },
  noise: {
    label: 'noise',
    past: 'came out free of disturbing noise',
    base: 'come out free of disturbing noise'
  },
  exposure: {
    label: 'exposure',
    past: 'had the skin at the right brightness',
    base: 'have the skin at the right brightness'
  },
  'highlight-clipping': {
    label: 'blown highlights',
    past: 'kept detail in the brightest skin',
    base: 'keep detail in the brightest skin'
  },
  'shadow-clipping': {
    label: 'blocked shadows',
    past: 'kept detail in the darkest skin',
    base: 'keep detail in the darkest skin'
  },
  'background-match': {
    label: 'background match',
    past: 'had the background that was ordered',
    base: 'have the background that was ordered'
  },
  'matte-halo': {
    label: 'edge halo',
    past: 'had a clean edge around the person',
    base: 'have a clean edge around the person'
  },
  'picture-valid': {
    label: 'usable picture',
    past: 'came out as a usable picture',
    base: 'come out as a usable picture'
  },
  size: {
    label: 'pixel size',
    past: 'had the size that was ordered',
    base: 'have the size that was ordered'
  },
  'source-detail': {
    label: 'source detail',
    past: 'had enough real detail behind it',
    base: 'have enough real detail behind it'
  }
}

const isMeasured = (id: CriterionId): id is MeasuredCriterionId => id in MEASURED

export function criterionWords(id: CriterionId): CriterionWords {
  if (isMeasured(id)) return MEASURED[id]
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

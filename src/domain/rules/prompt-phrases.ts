import type { CriterionId, MeasuredCriterionId } from '../criterion.ts'
import type { DeliveryProfile } from '../delivery-profile.ts'
import { entryOf, PARAMETER_NAMES, type ParameterName, type Parameters } from '../parameters/parameters.ts'
import type { Deviation } from './deviation.ts'

export interface PhraseRequest {
  readonly side: Deviation['side'] | undefined
  readonly profile: DeliveryProfile
  readonly parameters: Parameters
}

type Phrases = (request: PhraseRequest) => readonly string[]

const percent = (fraction: number) => `${Math.round(fraction * 100)}%`

/** What a model that paints is told when a criterion failed: first plainly, then more strongly. */
const PHRASES: Readonly<Record<MeasuredCriterionId, Phrases>> = {
  'face-count': () => ['Exactly one person is in the picture.', 'Nobody else is visible, not even out of focus.'],
  identity: ({ side }) =>
    side === 'below'
      ? ['Photograph the person anew, in a fresh frame, not as a copy of the reference.']
      : [
          'The face is exactly the face of the reference: same proportions, same features, same asymmetries.',
          'Change nothing about the face; only surroundings and light are new.'
        ],
  'head-height': ({ side, profile }) => [
    `The camera is ${side === 'below' ? 'closer' : 'farther away'}: from chin to hair the head takes up ${percent(profile.headHeight)} of the height.`,
    side === 'below' ? 'A tight head-and-shoulders frame.' : 'A wide frame with generous space around the head.'
  ],
  'eye-line': ({ side, profile }) => [
    `The eyes lie ${percent(profile.eyeLine)} of the height from the top.`,
    side === 'below' ? 'There is more space above the hair.' : 'There is less space above the hair.'
  ],
  'head-centre': () => ['The face is exactly in the horizontal middle.', 'The composition is symmetrical.'],
  'head-tilt': () => ['The head is upright and the eyes are level.', 'The camera is level, the neck straight.'],
  'eyes-open': () => ['Both eyes are open and look into the lens.', 'Wide awake eyes with visible irises.'],
  expression: () => ['The expression is plainly the one described.'],
  sharpness: () => ['The eyes are tack sharp.', 'Stopped down to f/5.6, every eyelash resolved.'],
  noise: () => ['A clean exposure at base ISO.', 'Smooth tones without noise or grain.'],
  exposure: ({ side }) =>
    side === 'below'
      ? ['The face is brightly and evenly lit.', 'Exposed one stop brighter.']
      : ['The face is exposed with restraint.', 'Exposed one stop darker.'],
  'highlight-clipping': () => ['Soft highlights on the skin, none blown out.', 'A large diffused light, no hot spots.'],
  'shadow-clipping': () => ['Open shadows with detail.', 'A strong fill light opens the shadows.'],
  'background-match': ({ parameters }) => [
    `The background is only ${wordsOf('background', parameters)}.`,
    'The background is even and free of objects that were not described.'
  ],
  'matte-halo': () => ['Hair and shoulders blend naturally into the background, without an outline.'],
  'picture-valid': () => ['A complete, cleanly rendered photograph.'],
  size: () => [],
  'source-detail': () => []
}

/** What a model that paints is told when a model that looks found fault with the whole. */
const OF_THE_WHOLE: Readonly<Record<string, readonly string[]>> = {
  'vlm:same-person': [
    'It is unmistakably the person of the reference.',
    'Every feature of the face is taken from the reference, nothing is idealised.'
  ],
  'vlm:face': [
    'The face is natural, with real skin and symmetrical eyes.',
    'An unretouched photograph of a real face.'
  ],
  'vlm:hands': ['Hands, where they are seen, are natural with five fingers.', 'The hands are out of the frame.'],
  'vlm:expression': ['A natural, relaxed expression.', 'Caught in an unposed moment.'],
  'vlm:artefacts': ['A clean photograph without seams, smears or double edges.', 'A simple, uncluttered composition.']
}

const isMeasured = (id: CriterionId): id is MeasuredCriterionId => id in PHRASES
const isParameter = (name: string): name is ParameterName => PARAMETER_NAMES.some((known) => known === name)

/** A parameter's value as it is written into prompts: the catalogue's words, or the client's own. */
export function wordsOf(name: ParameterName, parameters: Parameters): string {
  return entryOf(name, parameters[name])?.prompt ?? parameters[name]
}

export function phrasesFor(id: CriterionId, request: PhraseRequest): readonly string[] {
  if (isMeasured(id)) return PHRASES[id](request)
  const whole = OF_THE_WHOLE[id]
  if (whole) return whole
  const name = id.slice(id.indexOf(':') + 1)
  if (!isParameter(name)) return []
  const words = wordsOf(name, request.parameters)
  return [`It must show ${words}.`, `Above all else: ${words}.`]
}

import type { CriterionId, MeasuredCriterionId } from '../criterion.ts'
import type { ErrorCode } from '../errors.ts'
import { entryOf, PARAMETER_NAMES, type Parameters } from '../parameters/parameters.ts'
import type { Report } from '../report.ts'
import { criterionWords } from './criterion-words.ts'
import type { JobFacts } from './job-facts.ts'
import { contradictsPurpose } from './plain-light.ts'

type Recommendation = Report['recommendations'][number]
type Advise = (facts: JobFacts) => readonly Recommendation[]

const advise = (advice: string, parameters?: Partial<Parameters>): Recommendation =>
  parameters ? { advice, parameters } : { advice }

const HARD_LIGHT: ReadonlySet<string> = new Set(['dramatic', 'flash', 'golden_hour'])

const softerLight: Advise = ({ job }) =>
  HARD_LIGHT.has(job.parameters.lighting)
    ? [advise('Choose a softer light; the one ordered leaves little between bright and dark.', { lighting: 'soft' })]
    : [advise('Use a photo taken in soft, even light.')]

const fewerPixels: Advise = ({ job }) => {
  const { resolution } = job.parameters
  const closer = advise('Use a photo taken closer, or the original file instead of a copy that was sent or shrunk.')
  if (resolution === '1k') return [closer]
  const smaller = resolution === '4k' ? '2k' : '1k'
  return [advise(`Order ${smaller}: the photo has the detail for that sooner.`, { resolution: smaller }), closer]
}

const ownBackground = ({ profile }: JobFacts, why: string): Recommendation[] =>
  profile.background === 'any'
    ? [advise(`Keep the photo's own background, out of focus: ${why}.`, { background: 'original_blurred' })]
    : []

const moreRoom: Advise = () => [advise('Use a photo with more space around the head and shoulders.')]
const anotherPhoto =
  (which: string): Advise =>
  () => [advise(`Use a photo ${which}.`)]

/** What a photographer would say to each failure. */
const ADVICE: Readonly<Record<MeasuredCriterionId, Advise>> = {
  'picture-valid': () => [advise('Start the job again; if it fails in the same way, run doctor.')],
  size: () => [advise('Start the job again; if it fails in the same way, run doctor.')],
  'face-count': () => [advise('Choose the person in the photo, or crop the photo to one person.')],
  identity: (facts) =>
    facts.failing.some(({ id, inPhoto }) => id === 'identity' && inPhoto)
      ? [advise('Leave out the photo that shows somebody else.')]
      : facts.isPhotographic
        ? [
            advise('Choose natural light and a neutral mood: they change the face least.', {
              lighting: 'natural',
              mood: 'neutral'
            }),
            ...ownBackground(facts, 'then the light on the face need not change')
          ]
        : [
            advise('Add a sharp photo taken from the front as a reference.'),
            advise('Choose the built-in engine: it keeps the real pixels of the face.')
          ],
  'eyes-open': anotherPhoto('in which both eyes are open'),
  expression: anotherPhoto('with the expression you want'),
  'head-height': moreRoom,
  'eye-line': moreRoom,
  'head-centre': moreRoom,
  'head-tilt': anotherPhoto('in which the head is upright'),
  exposure: softerLight,
  'highlight-clipping': softerLight,
  'shadow-clipping': softerLight,
  sharpness: anotherPhoto('in which the face is in focus and not blurred by movement'),
  noise: anotherPhoto('taken in more light, or at a lower ISO'),
  'source-detail': fewerPixels,
  'background-match': (facts) =>
    contradictsPurpose(facts.profile, facts.job.parameters.background)
      ? [
          advise(`Choose the white background: "${facts.profile.label}" takes a plain light one.`, {
            background: 'white'
          })
        ]
      : [advise('Choose a plain background; it is the surest.', { background: 'light_grey' })],
  'matte-halo': (facts) => [
    ...ownBackground(facts, 'then nothing has to be cut out'),
    advise('Use a photo taken in front of a plain wall that is lighter or darker than the hair.')
  ]
}

const isMeasured = (id: CriterionId): id is MeasuredCriterionId => id in ADVICE

/** Errors whose advice is for whoever runs the studio, not for the next order. */
const NO_ADVICE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['cancelled', 'lease-lost'])

/** What to do next, most pressing first. Parameters are only proposed where they differ from the order's. */
export function recommend(facts: JobFacts): Recommendation[] {
  const { job, failing, notAttempted } = facts
  const afterError = job.error && !NO_ADVICE.has(job.error.code) ? [advise(job.error.hint)] : []
  const forFailures = failing.flatMap(({ id }) => (isMeasured(id) ? ADVICE[id](facts) : [unfulfilled(id)]))
  const gaps = facts.isPhotographic ? notAttempted.filter(({ id }) => !isPartlyDone(id, job.parameters)) : []
  const forGaps = gaps.map(({ id }) => unfulfilled(id))
  return unique([...afterError, ...forFailures, ...forGaps].filter((each) => changesSomething(each, job.parameters)))
}

/** Of these the engine does what pixels allow, and the ledger says so: no reason to order otherwise. */
function isPartlyDone(id: CriterionId, parameters: Parameters): boolean {
  const name = PARAMETER_NAMES.find((each) => id === `parameter:${each}`)
  return name !== undefined && entryOf(name, parameters[name])?.builtIn.support === 'partial'
}

function unfulfilled(id: CriterionId): Recommendation {
  const { label } = criterionWords(id)
  if (id === 'parameter:attire') {
    return advise('The built-in engine keeps the clothes of the photo: photograph the attire, or leave it as it is.', {
      attire: 'as_photographed'
    })
  }
  return advise(`To have the ${label} changed, choose an engine that generates pictures, or another photo.`)
}

function changesSomething({ parameters }: Recommendation, ordered: Parameters): boolean {
  if (!parameters) return true
  return Object.entries(ordered).some(([name, value]) => parameters[name] !== undefined && parameters[name] !== value)
}

function unique(recommendations: readonly Recommendation[]): Recommendation[] {
  return [...new Map(recommendations.map((each) => [each.advice, each])).values()]
}

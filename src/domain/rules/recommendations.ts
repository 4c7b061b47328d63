import type { CriterionId, MeasuredCriterionId } from '../criterion.ts'
import type { ErrorCode } from '../errors.ts'
import { entryOf, PARAMETER_NAMES, type Parameters } from '../parameters/parameters.ts'
import type { Report } from '../report.ts'
import { say } from '../sentences/say.ts'
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
    ? [advise(say('advice-softer-light'), { lighting: 'soft' })]
    : [advise(say('advice-even-light'))]

const fewerPixels: Advise = ({ job }) => {
  const { resolution } = job.parameters
  const closer = advise(say('advice-closer'))
  if (resolution === '1k') return [closer]
  const smaller = resolution === '4k' ? '2k' : '1k'
  return [advise(say('advice-smaller', { resolution: smaller }), { resolution: smaller }), closer]
}

const ownBackground = ({ profile }: JobFacts, why: 'light' | 'outline'): Recommendation[] =>
  profile.background === 'any' ? [advise(say(`advice-own-background-${why}`), { background: 'original_blurred' })] : []

const moreRoom: Advise = () => [advise(say('advice-more-room'))]
const anotherPhoto =
  (which: `advice-${'eyes-open' | 'expression' | 'upright' | 'in-focus' | 'more-light'}`): Advise =>
  () => [advise(say(which))]

/** What a photographer would say to each failure. */
const ADVICE: Readonly<Record<MeasuredCriterionId, Advise>> = {
  'picture-valid': () => [advise(say('advice-again'))],
  size: () => [advise(say('advice-again'))],
  'face-count': () => [advise(say('advice-one-person'))],
  identity: (facts) =>
    facts.failing.some(({ id, inPhoto }) => id === 'identity' && inPhoto)
      ? [advise(say('advice-leave-out'))]
      : facts.isPhotographic
        ? [
            advise(say('advice-natural'), {
              lighting: 'natural',
              mood: 'neutral'
            }),
            ...ownBackground(facts, 'light')
          ]
        : [advise(say('advice-sharp-reference')), advise(say('advice-built-in'))],
  'eyes-open': anotherPhoto('advice-eyes-open'),
  expression: anotherPhoto('advice-expression'),
  'head-height': moreRoom,
  'eye-line': moreRoom,
  'head-centre': moreRoom,
  'head-tilt': anotherPhoto('advice-upright'),
  exposure: softerLight,
  'highlight-clipping': softerLight,
  'shadow-clipping': softerLight,
  sharpness: anotherPhoto('advice-in-focus'),
  noise: anotherPhoto('advice-more-light'),
  'source-detail': fewerPixels,
  'background-match': (facts) =>
    contradictsPurpose(facts.profile, facts.job.parameters.background)
      ? [
          advise(say('advice-white', { purpose: facts.profile.label }), {
            background: 'white'
          })
        ]
      : [advise(say('advice-plain'), { background: 'light_grey' })],
  'matte-halo': (facts) => [...ownBackground(facts, 'outline'), advise(say('advice-plain-wall'))]
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
    return advise(say('advice-attire'), {
      attire: 'as_photographed'
    })
  }
  return advise(say('advice-other-engine', { criterion: label }))
}

function changesSomething({ parameters }: Recommendation, ordered: Parameters): boolean {
  if (!parameters) return true
  return Object.entries(ordered).some(([name, value]) => parameters[name] !== undefined && parameters[name] !== value)
}

function unique(recommendations: readonly Recommendation[]): Recommendation[] {
  return [...new Map(recommendations.map((each) => [each.advice, each])).values()]
}

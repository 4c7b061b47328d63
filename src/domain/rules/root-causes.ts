import type { CriterionId } from '../criterion.ts'
import { entryOf } from '../parameters/parameters.ts'
import type { Report } from '../report.ts'
import { criterionWords, listed } from './criterion-words.ts'
import type { JobFacts } from './job-facts.ts'
import { contradictsPurpose } from './plain-light.ts'

type RootCause = Report['rootCauses'][number]

/** Criteria that fail for the same reason, and that reason. */
interface Theme {
  readonly criteria: readonly CriterionId[]
  readonly cause: (facts: JobFacts) => string
}

const THEMES: readonly Theme[] = [
  {
    criteria: ['picture-valid', 'size'],
    cause: () => 'The engine made a picture that cannot be used as it is.'
  },
  {
    criteria: ['face-count'],
    cause: () => 'The picture does not show one person alone.'
  },
  {
    criteria: ['identity'],
    cause: ({ isPhotographic }) =>
      isPhotographic
        ? 'The face in the picture is not close enough to the one in every photo.'
        : 'The engine painted a face that is not close enough to the reference.'
  },
  {
    criteria: ['eyes-open', 'expression'],
    cause: ({ isPhotographic }) =>
      isPhotographic
        ? 'The face is shown as it is in the photo: the built-in engine does not redraw eyes or a smile.'
        : 'The engine painted another look on the face than the one ordered.'
  },
  {
    criteria: ['head-height', 'eye-line', 'head-centre'],
    cause: ({ profile }) => `The framing stayed outside the limits of "${profile.label}".`
  },
  {
    criteria: ['head-tilt'],
    cause: ({ isPhotographic }) =>
      isPhotographic
        ? 'The head leans further than the whole person can be turned back.'
        : 'The engine painted a head that leans.'
  },
  {
    criteria: ['exposure', 'highlight-clipping', 'shadow-clipping'],
    cause: () => 'The light on the face leaves too little to work with.'
  },
  {
    criteria: ['sharpness'],
    cause: () => 'The face is out of focus or moved, more than sharpening can mend.'
  },
  {
    criteria: ['source-detail'],
    cause: ({ job }) => `The photo holds too little detail for a portrait at ${job.parameters.resolution}.`
  },
  {
    criteria: ['noise'],
    cause: () => 'The photo is noisier than can be smoothed without losing the skin.'
  },
  {
    criteria: ['background-match'],
    cause: (facts) => {
      const { background } = facts.job.parameters
      const ordered = entryOf('background', background)?.label ?? background
      return contradictsPurpose(facts.profile, background)
        ? `"${facts.profile.label}" takes a plain light background only, and "${ordered}" was ordered.`
        : `The background did not become "${ordered}".`
    }
  },
  {
    criteria: ['matte-halo'],
    cause: () => 'The person could not be parted cleanly from what was behind them.'
  }
]

const THEMED: ReadonlySet<CriterionId> = new Set(THEMES.flatMap((theme) => theme.criteria))

/** Why the job has no final, grouped; empty where it has one. */
export function rootCausesOf(facts: JobFacts): RootCause[] {
  const { job, failing } = facts
  const error = job.error ? [{ criteria: [], cause: job.error.message }] : []
  if (job.final) return error
  const ids = failing.map((criterion) => criterion.id)
  const themed = THEMES.flatMap(({ criteria, cause }) => {
    const affected = failing.filter(({ id }) => criteria.includes(id))
    if (affected.length === 0) return []
    const notes = affected.flatMap(({ note }) => note ?? [])
    return [{ criteria: affected.map(({ id }) => id), cause: [cause(facts), ...new Set(notes)].join(' ') }]
  })
  const others = ids.filter((id) => !THEMED.has(id))
  const labels = listed(others.map((id) => criterionWords(id).label))
  const ordered = others.length > 0 ? [{ criteria: others, cause: `The engine did not carry out: ${labels}.` }] : []
  return [...error, ...themed, ...ordered]
}

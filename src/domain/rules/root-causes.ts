import type { CriterionId } from '../criterion.ts'
import { entryOf } from '../parameters/parameters.ts'
import type { Report } from '../report.ts'
import { say } from '../sentences/say.ts'
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
    cause: () => say('cause-unusable')
  },
  {
    criteria: ['face-count'],
    cause: () => say('cause-not-alone')
  },
  {
    criteria: ['identity'],
    cause: ({ isPhotographic }) => (isPhotographic ? say('cause-face-changed') : say('cause-face-painted'))
  },
  {
    criteria: ['eyes-open', 'expression'],
    cause: ({ isPhotographic }) => (isPhotographic ? say('cause-look-of-photo') : say('cause-look-painted'))
  },
  {
    criteria: ['head-height', 'eye-line', 'head-centre'],
    cause: ({ profile }) => say('cause-framing', { purpose: profile.label })
  },
  {
    criteria: ['head-tilt'],
    cause: ({ isPhotographic }) => (isPhotographic ? say('cause-leans') : say('cause-leans-painted'))
  },
  {
    criteria: ['exposure', 'highlight-clipping', 'shadow-clipping'],
    cause: () => say('cause-light')
  },
  {
    criteria: ['sharpness'],
    cause: () => say('cause-soft')
  },
  {
    criteria: ['source-detail'],
    cause: ({ job }) => say('cause-detail', { resolution: job.parameters.resolution })
  },
  {
    criteria: ['noise'],
    cause: () => say('cause-noise')
  },
  {
    criteria: ['background-match'],
    cause: (facts) => {
      const { background } = facts.job.parameters
      const ordered = entryOf('background', background)?.label ?? background
      return contradictsPurpose(facts.profile, background)
        ? say('cause-contradiction', { purpose: facts.profile.label, background: ordered })
        : say('cause-background', { background: ordered })
    }
  },
  {
    criteria: ['matte-halo'],
    cause: () => say('cause-outline')
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
  const ordered =
    others.length > 0 ? [{ criteria: others, cause: say('cause-not-carried-out', { criteria: labels }) }] : []
  return [...error, ...themed, ...ordered]
}

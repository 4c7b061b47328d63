import { useTranslation } from 'react-i18next'
import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import { useTold } from '../../language/told.ts'
import { Mark } from '../../ui/mark.tsx'
import { outcomeOf } from './status-words.ts'

/** What became of a job, in one sentence. */
export function JobSentence({ job }: { readonly job: JobDetail }) {
  const { t } = useTranslation('gallery')
  const told = useTold()
  const outcome = outcomeOf(job)
  const name = job.references[0]?.name
  return (
    <p className="job-sentence" role="status">
      {outcome && <Mark outcome={outcome} />}
      <bdi className="one-line" title={name}>
        {name}
      </bdi>
      <span className="quiet">{job.report ? told(job.report.summary) : t(`status.${job.status}`)}</span>
    </p>
  )
}

import { Flag, FlagOff } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobSummary } from '../../../domain/job.ts'
import { usePictures, useWork } from '../../state/mirror-context.ts'
import { Mark } from '../../ui/mark.tsx'
import { Picture } from '../../ui/picture.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Stars } from './stars.tsx'
import { outcomeOf } from './status-words.ts'
import { thumbnailEdge } from './thumbnail-edge.ts'
import './gallery.css'

interface JobCellProps {
  readonly job: JobSummary
  /** Width and height of the picture, CSS px. */
  readonly size: number
}

/** A job in the grid: its best picture, what became of it, and what the photographer thinks of it. */
export const JobCell = memo(function JobCell({ job, size }: JobCellProps) {
  const { thumbnail } = usePictures()
  const outcome = outcomeOf(job)
  const { flag, label, stars } = job.rating
  return (
    <>
      <div className="cell-picture" style={{ height: size }} data-rejected={flag === 'reject'}>
        {job.cover && (
          <Picture src={thumbnail(job.cover, thumbnailEdge(size, devicePixelRatio))} alt="" className="cell-cover" />
        )}
        {job.coverKind === 'reference' && job.status !== 'completed' && <span className="cell-veil" />}
        {flag !== 'none' && (
          <span className="cell-flag">
            {flag === 'pick' ? <Flag aria-hidden fill="currentColor" /> : <FlagOff aria-hidden />}
          </span>
        )}
      </div>
      <div className="cell-caption" data-label={label}>
        <span className="cell-line">
          {outcome && <Mark outcome={outcome} />}
          <bdi className="one-line">{job.name}</bdi>
        </span>
        <span className="cell-line">
          <CellState job={job} />
          <Stars value={stars} />
        </span>
      </div>
    </>
  )
})

function CellState({ job }: { readonly job: JobSummary }) {
  const { t } = useTranslation('gallery')
  const progress = useWork((work) => work.progress.get(job._id))
  if (job.status === 'processing' && progress) {
    return (
      <span className="cell-progress">
        <span className="quiet one-line">{t(`step.${progress.step}`)}</span>
        <ProgressBar label={t(`step.${progress.step}`)} value={progress.done / progress.total} />
      </span>
    )
  }
  const tries = job.verdicts.map((passed) => (passed === null ? '–' : passed ? '✓' : '✕')).join(' ')
  return (
    <span className="quiet one-line">
      {job.waiting ? t('waiting') : job.status === 'completed' ? tries : t(`status.${job.status}`)}
      {job.status === 'failed' && tries !== '' && ` ${tries}`}
    </span>
  )
}

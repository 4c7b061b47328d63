import { Star } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobProgressEvent } from '../../../contract/studio/events.ts'
import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import type { CriterionId } from '../../../domain/criterion.ts'
import { useView } from '../../state/view.ts'
import { Button } from '../../ui/button.tsx'
import { LedgerChips } from '../ledger/ledger-chips.tsx'
import type { PictureZoom } from '../picture/zoom.ts'
import { ZoomablePicture } from '../picture/zoomable-picture.tsx'
import { BriefDiff } from './brief-diff.tsx'
import { ComparisonLine } from './comparison-line.tsx'
import { Measurements } from './measurements.tsx'
import { type JobPicture, nameKey } from './pictures-of-job.ts'
import { RunningSteps } from './running-column.tsx'
import './gallery.css'

interface AttemptColumnProps {
  readonly job: JobDetail
  readonly shown: JobPicture
  readonly current: boolean
  readonly zoom: PictureZoom
  readonly onZoom: (zoom: PictureZoom) => void
  readonly active: CriterionId | null
  readonly onActive: (id: CriterionId | null) => void
  /** While the studio is at work on this very picture. */
  readonly progress: JobProgressEvent | undefined
}

/** One picture of a job with its brief and its ledger. */
export function AttemptColumn({ job, shown, current, zoom, onZoom, active, onActive, progress }: AttemptColumnProps) {
  const { t } = useTranslation('gallery')
  const setPicture = useView((view) => view.setPicture)
  const { choice, picture, judgement, delivered } = shown
  // The rows come one by one while they are measured, and stay where they are when the verdict is there.
  const ledger = judgement?.ledger ?? progress?.ledger ?? []
  const title = typeof choice === 'number' ? t('attempt', { number: choice }) : t(nameKey(job, choice))
  return (
    <section className="attempt" data-current={current} aria-label={title}>
      <button type="button" className="attempt-head" aria-pressed={current} onClick={() => setPicture(choice)}>
        <h3>{title}</h3>
        {judgement && (
          <span className="mark" data-outcome={judgement.passed ? 'passed' : 'failed'}>
            {judgement.passed ? '✓' : '✕'}
            <span className="unseen">{t(judgement.passed ? 'passed' : 'notPassed')}</span>
          </span>
        )}
        {delivered && (
          <span className="attempt-final">
            <Star aria-hidden fill="currentColor" />{' '}
            {t(job.final === null && job.wantedAttempt === null ? 'bestShort' : 'deliveredShort')}
          </span>
        )}
      </button>
      <div className="attempt-picture">
        {picture ? (
          <ZoomablePicture
            picture={picture}
            alt={title}
            zoom={zoom}
            onZoom={onZoom}
            over={(scale) =>
              ledger.length > 0 && <Measurements ledger={ledger} active={active} size={picture.size} scale={scale} />
            }
          />
        ) : (
          <div className="pane" />
        )}
      </div>
      <div className="attempt-words">
        {progress && <RunningSteps progress={progress} />}
        {typeof choice === 'number' && <ComparisonLine attempt={job.attempts[choice - 1]} />}
        {shown.brief && <BriefLines shown={shown} />}
        {ledger.length > 0 && <LedgerChips ledger={ledger} active={active} onActive={onActive} />}
      </div>
    </section>
  )
}

function BriefLines({ shown: { brief, before } }: { readonly shown: JobPicture }) {
  const { t } = useTranslation('gallery')
  const [open, setOpen] = useState(false)
  if (!brief) return null
  return (
    <div className="brief">
      {open ? <BriefDiff brief={brief} before={before} /> : <p className="brief-short quiet">{brief.prompt}</p>}
      <Button kind="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open
          ? t('lessBrief')
          : before === null
            ? t('moreBrief')
            : t('changesOfBrief', { count: brief.repairs.length })}
      </Button>
    </div>
  )
}

import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CriterionId } from '../../domain/criterion.ts'
import { jobStatusSchema } from '../../domain/job.ts'
import { UNRATED } from '../../domain/rating.ts'
import { Workspace } from '../frame/workspace.tsx'
import { useCommand } from '../keys/use-command.ts'
import { useFormat } from '../language/format.ts'
import { useGallery, useJob, useMirror } from '../state/mirror-context.ts'
import { useView } from '../state/view.ts'
import { Button } from '../ui/button.tsx'
import { Empty, ErrorBox } from '../ui/states.tsx'
import { AttemptView } from './gallery/attempt-view.tsx'
import { FilterPanel } from './gallery/filter-panel.tsx'
import { JobGrid } from './gallery/job-grid.tsx'
import { JobInspector } from './gallery/job-inspector.tsx'
import { JobStrip } from './gallery/job-strip.tsx'
import { UnreadableJobs } from './gallery/unreadable-jobs.tsx'
import { useJobActions } from './gallery/use-job-actions.ts'
import { useRatingKeys } from './gallery/use-rating-keys.ts'
import './gallery/gallery.css'

/** Every job, as a grid or one by one. */
export function GalleryScreen() {
  const { t } = useTranslation(['gallery', 'studio'])
  const { count } = useFormat()
  const { gallery, details } = useMirror()
  const { filter, counts, jobs, loading, error, sort } = useGallery((list) => list)
  const { jobId, selected, single, picture, setSingle, select, showJob, setMode } = useView()
  const actions = useJobActions()
  const detail = useJob(jobId)
  const [active, setActive] = useState<CriterionId | null>(null)

  const statuses = filter.status ?? jobStatusSchema.options
  const total = counts ? statuses.reduce((sum, status) => sum + counts[status], 0) : jobs.length
  // What the filter leaves out is not looked at either.
  const job = (single || total > 0 ? detail?.job : null) ?? null
  const attempt = single && typeof picture === 'number' ? picture : undefined
  const current = jobs.find((each) => each._id === jobId)
  const rating = attempt === undefined ? current?.rating : (current?.attemptRatings[String(attempt)] ?? UNRATED)
  useRatingKeys(rating ?? null, (change) => void actions.rate(selected, change, attempt))

  const step = (by: number) => {
    const at = jobs.findIndex((each) => each._id === jobId)
    const next = jobs[at + by]
    if (!single || at < 0 || !next) return false
    showJob(next._id)
    return true
  }
  const open = (id: string) => {
    if (id !== jobId) showJob(id)
    setSingle(true)
  }
  useCommand('previous', () => step(-1))
  useCommand('next', () => step(1))
  useCommand('go-single', () => (jobId === null ? false : setSingle(true)))
  useCommand('go-gallery', () => (single ? setSingle(false) : false))
  useCommand('remove', () => void actions.remove(selected))
  useCommand('choose-final', () => {
    if (jobId === null || attempt === undefined) return false
    void actions.chooseFinal(jobId, attempt)
    return true
  })
  useCommand('select-all', () => {
    if (single) return false
    void gallery.allIds().then((ids) => select(ids))
    return true
  })

  return (
    <Workspace
      left={<FilterPanel />}
      right={
        job ? (
          <JobInspector job={job} active={active} onActive={setActive} />
        ) : (
          <p className="section quiet">{detail?.state === 'loading' ? t('loading') : t('nothingChosen')}</p>
        )
      }
      filmstrip={job && <JobStrip job={job} />}
    >
      {error && (
        <ErrorBox
          error={error}
          actions={<Button onClick={() => void gallery.show(filter, sort)}>{t('studio:tryAgain')}</Button>}
        />
      )}
      {detail?.state === 'failed' && (
        <ErrorBox
          error={detail.error}
          actions={<Button onClick={() => jobId && void details.reload(jobId)}>{t('studio:tryAgain')}</Button>}
        />
      )}
      {single && job && <AttemptView job={job} active={active} onActive={setActive} onStep={step} />}
      {single && !job && detail?.state === 'loading' && <div className="skeleton attempts" />}
      {!(single && jobId !== null) && (
        <>
          <div className="stage-bar">
            <h1 className="grid-title">{t('count', { count: total, shown: count(total) })}</h1>
            {selected.length > 1 && <span className="quiet">{t('selected', { count: selected.length })}</span>}
          </div>
          <UnreadableJobs />
          {total === 0 && !loading && !error ? (
            <NothingFound
              filtered={Object.keys(filter).length > 0}
              onClear={() => void gallery.show({}, sort)}
              onPrepare={() => setMode('prepare')}
            />
          ) : (
            <JobGrid total={total} onOpen={open} />
          )}
        </>
      )}
    </Workspace>
  )
}

interface NothingFoundProps {
  readonly filtered: boolean
  readonly onClear: () => void
  readonly onPrepare: () => void
}

function NothingFound({ filtered, onClear, onPrepare }: NothingFoundProps) {
  const { t } = useTranslation(['gallery', 'studio'])
  return filtered ? (
    <Empty title={t('nothingFound')} actions={<Button onClick={onClear}>{t('clearFilter')}</Button>}>
      <p>{t('nothingFoundHint')}</p>
    </Empty>
  ) : (
    <Empty title={t('empty')} actions={<Button onClick={onPrepare}>{t('studio:mode.prepare')}</Button>}>
      <p>{t('emptyHint')}</p>
    </Empty>
  )
}

import { ArrowDown, ArrowUp, ArrowUpToLine, Ellipsis, X } from 'lucide-react'
import { type DragEvent, memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobSummary } from '../../../domain/job.ts'
import { useFormat } from '../../language/format.ts'
import { usePictures, useWork } from '../../state/mirror-context.ts'
import { useView } from '../../state/view.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Picture } from '../../ui/picture.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useJobActions } from '../gallery/use-job-actions.ts'
import { useChoiceWords } from '../parameters/use-choice-words.ts'
import './queue.css'

/** Height of a row, CSS px. */
export const QUEUE_ROW = 72

interface QueueRowProps {
  readonly job: JobSummary
  /** In the queue, from 0, and how many there are. */
  readonly index: number
  readonly total: number
  /** Where it stands in the list, CSS px. */
  readonly top: number
  readonly onMove: (id: string, by: number) => void
  readonly onDropBefore: (ids: readonly string[], before: string | null) => void
}

const DRAG_TYPE = 'application/x-studio-job'
const FAR = 1_000_000

/** One job of the queue: live steps while it runs, a place in the order while it waits. */
export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { job, index, total, top, onMove, onDropBefore } = props
  const { t } = useTranslation(['queue', 'gallery', 'studio'])
  const words = useChoiceWords()
  const { thumbnail } = usePictures()
  const actions = useJobActions()
  const { showJob, setMode, setSingle, setLayer } = useView()
  const [target, setTarget] = useState(false)
  const waits = job.status === 'pending'
  const open = () => {
    showJob(job._id)
    setSingle(true)
    setMode('gallery')
    setLayer(null)
  }
  const over = (event: DragEvent) => {
    if (!waits || !event.dataTransfer.types.includes(DRAG_TYPE)) return
    event.preventDefault()
    setTarget(true)
  }
  const drop = (event: DragEvent) => {
    setTarget(false)
    const id = event.dataTransfer.getData(DRAG_TYPE)
    if (id !== '' && id !== job._id) onDropBefore([id], job._id)
  }
  return (
    <li
      className="queue-item queue-row"
      aria-setsize={total}
      aria-posinset={index + 1}
      style={{ transform: `translateY(${top}px)`, height: QUEUE_ROW }}
      data-target={target}
      draggable={waits}
      onDragStart={(event) => event.dataTransfer.setData(DRAG_TYPE, job._id)}
      onDragOver={over}
      onDragLeave={() => setTarget(false)}
      onDrop={drop}
    >
      <button type="button" className="queue-open" onClick={open} aria-label={t('open', { name: job.name })}>
        {job.cover && <Picture src={thumbnail(job.cover, 160)} alt="" fit="cover" className="queue-picture" />}
      </button>
      <div className="queue-words">
        <bdi className="one-line" title={job.name}>
          {job.name}
        </bdi>
        <span className="quiet one-line">
          {words('purpose', job.parameters.purpose)} · {words('background', job.parameters.background)} ·{' '}
          {job.parameters.resolution}
        </span>
        <QueueState job={job} />
      </div>
      {waits && (
        <>
          <IconButton icon={ArrowUp} label={t('up')} onClick={() => onMove(job._id, -1)} />
          <IconButton icon={ArrowDown} label={t('down')} onClick={() => onMove(job._id, 1)} />
          <IconButton icon={ArrowUpToLine} label={t('toTop')} onClick={() => onMove(job._id, -FAR)} />
        </>
      )}
      <IconButton icon={X} label={t('cancel')} onClick={() => void actions.cancel([job._id])} />
      <Menu
        entries={[
          { label: t('openInGallery'), onSelect: open },
          { label: t('duplicate'), onSelect: () => void actions.duplicate(job._id) },
          ...(waits ? [{ label: t('toEnd'), onSelect: () => onMove(job._id, FAR) }] : [])
        ]}
      >
        <IconButton icon={Ellipsis} label={t('menu', { name: job.name })} />
      </Menu>
    </li>
  )
})

function QueueState({ job }: { readonly job: JobSummary }) {
  const { t } = useTranslation(['queue', 'gallery', 'studio'])
  const { duration } = useFormat()
  const progress = useWork((work) => work.progress.get(job._id))
  if (job.waiting) return <span className="quiet">– {t('gallery:waiting')}</span>
  if (!progress) return <span className="quiet">{t(`gallery:status.${job.status}`)}</span>
  const { step, attempt, done, total, leftMs } = progress
  return (
    <span className="queue-state">
      <span className="one-line">
        {attempt !== null && `${t('gallery:attempt', { number: attempt })} · `}
        {t(`gallery:step.${step}`)}
        {leftMs !== null && ` · ${t('studio:timeLeft', { time: duration(leftMs) })}`}
      </span>
      <ProgressBar label={t(`gallery:step.${step}`)} value={done > 0 ? done / total : null} />
    </span>
  )
}

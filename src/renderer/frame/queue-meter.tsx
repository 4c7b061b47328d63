import { ListOrdered, Pause, Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../keys/use-command.ts'
import { useFormat } from '../language/format.ts'
import { useClient, useWork } from '../state/mirror-context.ts'
import { useDoing } from '../state/use-doing.ts'
import { useView } from '../state/view.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { ProgressBar } from '../ui/progress-bar.tsx'

/** How much there is to do, how long it will take, and the switch that stops it. */
export function QueueMeter() {
  const { t } = useTranslation()
  const { duration } = useFormat()
  const client = useClient()
  const doing = useDoing()
  const queue = useWork((work) => work.queue)
  const progress = useWork((work) => work.progress)
  const setLayer = useView((view) => view.setLayer)
  const paused = queue?.paused ?? false
  const toggle = () => void doing(() => client.call(paused ? 'queue.resume' : 'queue.pause', {}))
  useCommand('pause-queue', toggle)
  const left = (queue?.counts.pending ?? 0) + (queue?.counts.processing ?? 0)
  const shares = [...progress.values()].map(({ done, total }) => done / total)
  const share = shares.length === 0 ? null : shares.reduce((sum, each) => sum + each, 0) / shares.length
  return (
    <div className="queue-meter">
      {left > 0 && !paused && <ProgressBar label={t('queue.progress')} value={share} />}
      <Button kind="quiet" onClick={() => setLayer({ kind: 'queue' })}>
        <ListOrdered aria-hidden />
        <span className="queue-meter-text">
          {left === 0 ? t('queue.empty') : t('queue.left', { count: left })}
          {left > 0 && paused && ` · ${t('queue.paused')}`}
          {left > 0 && !paused && queue?.leftMs != null && ` · ${t('timeLeft', { time: duration(queue.leftMs) })}`}
        </span>
      </Button>
      <IconButton
        icon={paused ? Play : Pause}
        label={paused ? t('queue.resume') : t('queue.pause')}
        command="pause-queue"
        aria-pressed={paused}
        onClick={toggle}
      />
    </div>
  )
}

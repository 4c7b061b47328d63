import { useVirtualizer } from '@tanstack/react-virtual'
import { Pause, Play, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../language/format.ts'
import { useClient, useMirror, useQueue, useWork } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { useDialogRef } from '../../ui/dialog-stack.ts'
import { Empty, ErrorBox } from '../../ui/states.tsx'
import { useJobActions } from '../gallery/use-job-actions.ts'
import { QUEUE_ROW, QueueRow } from './queue-row.tsx'
import './queue.css'

/** What runs and what waits, in order. */
export function QueueSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['queue', 'studio'])
  const { duration } = useFormat()
  const client = useClient()
  const doing = useDoing()
  const content = useDialogRef(onClose)
  const state = useWork((work) => work.queue)
  const { error } = useQueue((list) => list)
  const paused = state?.paused ?? false
  const left = (state?.counts.pending ?? 0) + (state?.counts.processing ?? 0)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content
          className="queue-sheet"
          ref={content}
          tabIndex={-1}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
        >
          <header>
            <Dialog.Title asChild>
              <h2>{t('title')}</h2>
            </Dialog.Title>
            <span className="quiet" role="status">
              {t('studio:queue.left', { count: left })}
              {state?.leftMs != null && ` · ${t('studio:timeLeft', { time: duration(state.leftMs) })}`}
            </span>
            <Button onClick={() => void doing(() => client.call(paused ? 'queue.resume' : 'queue.pause', {}))}>
              {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
              {paused ? t('studio:queue.resume') : t('studio:queue.pause')}
            </Button>
            <Dialog.Close asChild>
              <IconButton icon={X} label={t('studio:close')} />
            </Dialog.Close>
          </header>
          {error && <ErrorBox error={error} />}
          {left === 0 && !error ? (
            <Empty title={t('empty')}>
              <p>{t('emptyHint')}</p>
            </Empty>
          ) : (
            <QueueList />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function QueueList() {
  const { t } = useTranslation(['queue', 'studio'])
  const { queue, client } = useMirror()
  const doing = useDoing()
  const actions = useJobActions()
  const { jobs, counts } = useQueue((list) => list)
  const total = counts ? counts.pending + counts.processing : jobs.length
  const scroll = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: Math.max(total, jobs.length),
    getScrollElement: () => scroll.current,
    estimateSize: () => QUEUE_ROW,
    overscan: 6
  })
  const items = rows.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    void queue.loadTo(last + 20)
  }, [queue, last])
  const cancelAll = async () => actions.cancel(await queue.allIds())

  const moveBefore = useCallback(
    (ids: readonly string[], before: string | null) =>
      void doing(() => client.call('jobs.reorder', { ids: [...ids], before })),
    [client, doing]
  )
  /** `by` places up (negative) or down in the queue. */
  const move = useCallback(
    (id: string, by: number) => {
      // Read when it is needed, so that rows are not drawn anew with every page.
      const waiting = queue.store.getState().jobs.filter((job) => job.status === 'pending')
      const at = waiting.findIndex((job) => job._id === id)
      const others = waiting.filter((job) => job._id !== id)
      const to = Math.max(0, Math.min(others.length, at + by))
      if (at >= 0 && to !== at) moveBefore([id], others[to]?._id ?? null)
    },
    [queue, moveBefore]
  )
  return (
    <>
      <div className="queue-scroll" ref={scroll}>
        <ol style={{ position: 'relative', height: rows.getTotalSize() }} aria-label={t('title')}>
          {items.map((item) => {
            const job = jobs[item.index]
            const place = { index: item.index, total, top: item.start }
            return job ? (
              <QueueRow key={job._id} job={job} {...place} onMove={move} onDropBefore={moveBefore} />
            ) : (
              <li
                key={item.key}
                className="skeleton queue-item queue-row"
                style={{ transform: `translateY(${item.start}px)`, height: QUEUE_ROW }}
              />
            )
          })}
        </ol>
      </div>
      <footer>
        <Button onClick={() => void cancelAll()}>{t('cancelAll')}</Button>
      </footer>
    </>
  )
}

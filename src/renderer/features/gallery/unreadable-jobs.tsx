import { useTranslation } from 'react-i18next'
import type { UnreadableJob } from '../../state/job-list.ts'
import { useGallery, useMirror } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { Button } from '../../ui/button.tsx'
import { useToasts } from '../../ui/toasts.ts'
import './unreadable-jobs.css'

/** The jobs that the store holds and nobody can read, beside those of the grid: why, and what can be done. */
export function UnreadableJobs() {
  const { t } = useTranslation('gallery')
  const unreadable = useGallery((list) => list.unreadable)
  const isBin = useGallery((list) => list.filter.bin ?? false)
  if (unreadable.length === 0) return null
  return (
    <section className="unreadable" aria-label={t('unreadable', { count: unreadable.length })}>
      <h2>{t('unreadable', { count: unreadable.length })}</h2>
      <p className="quiet">{t('unreadableHint')}</p>
      <ul>
        {unreadable.map((job) => (
          <UnreadableRow key={job.id} job={job} isBin={isBin} />
        ))}
      </ul>
    </section>
  )
}

function UnreadableRow({ job, isBin }: { readonly job: UnreadableJob; readonly isBin: boolean }) {
  const { t } = useTranslation('gallery')
  const { client, gallery } = useMirror()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)
  const ids = [job.id]
  const restore = async () => {
    await doing(() => client.call('jobs.restore', { ids }))
    await gallery.refresh()
  }
  const remove = async () => {
    const result = await doing(() => client.call('jobs.remove', { ids }))
    if (!result || result.done.length === 0) return
    const undo = async () => {
      await restore()
      return remove
    }
    show({ text: t('removed', { count: 1 }), undo })
  }
  const isDamaged = job.error.code === 'store-damaged'
  return (
    <li>
      <span className="mark" data-outcome="failed" aria-hidden>
        ✕
      </span>
      <span className="words selectable">
        {t(isDamaged ? 'damaged' : 'tooNew')} <code className="quiet">{job.id}</code>
      </span>
      {isDamaged &&
        (isBin ? (
          <Button onClick={() => void restore()}>{t('restore')}</Button>
        ) : (
          <Button onClick={() => void remove()}>{t('toBin')}</Button>
        ))}
    </li>
  )
}

import { useTranslation } from 'react-i18next'
import type { BulkResult } from '../../../contract/studio/shapes.ts'
import type { JobSummary } from '../../../domain/job.ts'
import type { Rating } from '../../../domain/rating.ts'
import { useToldError } from '../../language/told.ts'
import { useMirror } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { useView } from '../../state/view.ts'
import { useToasts } from '../../ui/toasts.ts'

export interface JobActions {
  readonly rate: (ids: readonly string[], change: Partial<Rating>, attempt?: number) => Promise<void>
  readonly remove: (ids: readonly string[]) => Promise<void>
  readonly restore: (ids: readonly string[]) => Promise<void>
  readonly cancel: (ids: readonly string[]) => Promise<void>
  readonly retry: (ids: readonly string[]) => Promise<void>
  readonly duplicate: (id: string, parameters?: Readonly<Record<string, string>>) => Promise<string | undefined>
  readonly chooseFinal: (id: string, attempt: number) => Promise<void>
}

/** What can be done with jobs; done at once, and what takes something away can be taken back. */
export function useJobActions(): JobActions {
  const { t } = useTranslation('gallery')
  const { client, gallery } = useMirror()
  const doing = useDoing()
  const told = useToldError()
  const show = useToasts((toasts) => toasts.show)

  const tellRefused = ({ refused }: BulkResult) => {
    const [first] = refused
    if (!first) return
    const { message, hint } = told(first.error)
    show({ text: t('refused', { count: refused.length }), hint: `${message} ${hint}` })
  }
  const bulk = (call: 'jobs.cancel' | 'jobs.retry' | 'jobs.remove' | 'jobs.restore', ids: readonly string[]) =>
    doing(async () => {
      if (ids.length === 0) return undefined
      const result = await client.call(call, { ids: [...ids] })
      tellRefused(result)
      return result.done
    })
  /** What stands in the place of the current job once these are gone. */
  const neighbourOf = (ids: readonly string[]): string | null => {
    const { jobs } = gallery.store.getState()
    const at = jobs.findIndex((job) => job._id === useView.getState().jobId)
    const stays = ({ _id }: JobSummary) => !ids.includes(_id)
    return (jobs.slice(at + 1).find(stays) ?? jobs.slice(0, Math.max(0, at)).findLast(stays))?._id ?? null
  }
  const restore = async (ids: readonly string[]) => {
    await bulk('jobs.restore', ids)
  }

  const remove = async (ids: readonly string[]) => {
    const next = neighbourOf(ids)
    const done = await bulk('jobs.remove', ids)
    if (!done || done.length === 0) return
    if (done.includes(useView.getState().jobId ?? '')) useView.getState().showJob(next)
    const undo = async () => {
      await bulk('jobs.restore', done)
      return () => remove(done)
    }
    show({ text: t('removed', { count: done.length }), undo })
  }
  const cancel = async (ids: readonly string[]) => {
    const done = await bulk('jobs.cancel', ids)
    if (!done || done.length === 0) return
    const undo = async () => {
      await bulk('jobs.retry', done)
      return () => cancel(done)
    }
    show({ text: t('cancelled', { count: done.length }), undo })
  }
  const chooseFinal = async (id: string, attempt: number) => {
    const before = await doing(() => client.call('jobs.chooseFinal', { id, attempt }))
    if (!before) return
    const undo = async () => {
      await doing(() => client.call('jobs.chooseFinal', { id, attempt: null }))
      return () => chooseFinal(id, attempt)
    }
    show({ text: t('chosen', { number: attempt }), undo })
  }

  return {
    restore,
    remove,
    cancel,
    chooseFinal,
    async rate(ids, change, attempt) {
      if (ids.length === 0) return
      await doing(async () =>
        tellRefused(
          await client.call('jobs.rate', {
            targets: ids.map((jobId) => ({ jobId, attempt: attempt ?? null })),
            change
          })
        )
      )
    },
    async retry(ids) {
      await bulk('jobs.retry', ids)
    },
    async duplicate(id, parameters) {
      const change = parameters ? { parameters: { ...parameters } } : {}
      const made = await doing(() => client.call('jobs.duplicate', { id, change }))
      return made?._id
    }
  }
}

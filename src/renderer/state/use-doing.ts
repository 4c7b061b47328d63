import { useCallback } from 'react'
import { toStudioError } from '../../domain/errors.ts'
import { useToasts } from '../ui/toasts.ts'

/** Runs a command of the user; what goes wrong is told in a toast. Resolves to undefined then. */
export function useDoing(): <T>(work: () => Promise<T>) => Promise<T | undefined> {
  const show = useToasts((toasts) => toasts.show)
  return useCallback(
    async (work) => {
      try {
        return await work()
      } catch (thrown) {
        const error = toStudioError(thrown)
        if (error.code !== 'cancelled') show({ text: error.message, hint: `${error.hint} (${error.code})` })
        return undefined
      }
    },
    [show]
  )
}

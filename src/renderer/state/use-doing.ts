import { useCallback } from 'react'
import { toStudioError } from '../../domain/errors.ts'
import { useToldError } from '../language/told.ts'
import { useToasts } from '../ui/toasts.ts'

/** Runs a command of the user; what goes wrong is told in a toast. Resolves to undefined then. */
export function useDoing(): <T>(work: () => Promise<T>) => Promise<T | undefined> {
  const show = useToasts((toasts) => toasts.show)
  const told = useToldError()
  return useCallback(
    async (work) => {
      try {
        return await work()
      } catch (thrown) {
        const error = toStudioError(thrown)
        const { message, hint } = told(error)
        if (error.code !== 'cancelled') show({ text: message, hint: `${hint} (${error.code})` })
        return undefined
      }
    },
    [show, told]
  )
}

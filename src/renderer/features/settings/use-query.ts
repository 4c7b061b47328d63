import { useCallback, useEffect, useState } from 'react'
import type { StudioClient } from '../../../contract/studio/client.ts'
import { type StudioError, toStudioError } from '../../../domain/errors.ts'
import { useClient } from '../../state/mirror-context.ts'

interface Answer<T> {
  readonly data: T | null
  readonly error: StudioError | null
  readonly reload: () => Promise<void>
}

/** Asks once, and again when `reload` is called; for what no event tells of. `ask` is the same function each time. */
export function useQuery<T>(ask: (client: StudioClient) => Promise<T>): Answer<T> {
  const client = useClient()
  const [answer, setAnswer] = useState<Omit<Answer<T>, 'reload'>>({ data: null, error: null })
  const reload = useCallback(
    () =>
      ask(client).then(
        (data) => setAnswer({ data, error: null }),
        (thrown: unknown) => setAnswer({ data: null, error: toStudioError(thrown) })
      ),
    [client, ask]
  )
  useEffect(() => void reload(), [reload])
  return { ...answer, reload }
}

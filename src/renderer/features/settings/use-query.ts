import { useCallback, useEffect, useState } from 'react'
import type { StudioCallName, StudioCallParams, StudioCallResult } from '../../../contract/studio/calls.ts'
import { type StudioError, toStudioError } from '../../../domain/errors.ts'
import { useClient } from '../../state/mirror-context.ts'

interface Answer<T> {
  readonly data: T | null
  readonly error: StudioError | null
  readonly reload: () => Promise<void>
}

/** Asks once, and again when `reload` is called; for what no event tells of. */
export function useQuery<N extends StudioCallName>(name: N, params: StudioCallParams<N>): Answer<StudioCallResult<N>> {
  const client = useClient()
  const [answer, setAnswer] = useState<Omit<Answer<StudioCallResult<N>>, 'reload'>>({ data: null, error: null })
  const key = JSON.stringify(params)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the parameters
  const reload = useCallback(
    () =>
      client.call(name, params).then(
        (data) => setAnswer({ data, error: null }),
        (thrown: unknown) => setAnswer({ data: null, error: toStudioError(thrown) })
      ),
    [client, name, key]
  )
  useEffect(() => void reload(), [reload])
  return { ...answer, reload }
}

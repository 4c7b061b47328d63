import { useEffect, useState } from 'react'
import type { StudioCallResult } from '../../../contract/studio/calls.ts'
import type { EngineState } from '../../../contract/studio/studio-calls.ts'
import { type StudioError, toStudioError } from '../../../domain/errors.ts'
import type { OrderSettings } from '../../../domain/order.ts'
import { useClient, useWork } from '../../state/mirror-context.ts'

type Estimate = StudioCallResult<'jobs.estimate'>
type Estimated = { readonly estimate: Estimate | null; readonly error: StudioError | null }

/** While somebody types, only the last state is asked about, ms. */
const CALM_MS = 250

/** The engines that answer, by name: what they are at makes no difference. */
const answering = ({ engines }: { readonly engines: readonly EngineState[] | null }) =>
  engines?.map(({ engine, state }) => (state === 'away' ? '' : engine)).join(' ')

/** Who would carry an order out, and how long that takes; asked again when the engines change. */
export function useEstimate(settings: OrderSettings): Estimated {
  const client = useClient()
  const engines = useWork(answering)
  const [estimated, setEstimated] = useState<Estimated>({ estimate: null, error: null })
  useEffect(() => {
    if (engines === undefined) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      client.call('jobs.estimate', { settings }).then(
        (estimate) => stop.signal.aborted || setEstimated({ estimate, error: null }),
        (thrown: unknown) => stop.signal.aborted || setEstimated({ estimate: null, error: toStudioError(thrown) })
      )
    }, CALM_MS)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [client, settings, engines])
  return estimated
}

import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { JobDetail } from '../../contract/studio/job-calls.ts'
import { useMirror } from './mirror-context.ts'

/** Several whole jobs, those that are read so far, in the order asked for. */
export function useJobs(ids: readonly string[]): readonly JobDetail[] {
  const { details } = useMirror()
  const known = useStore(details.store, (state) => state.details)
  const key = ids.join(' ')
  useEffect(() => {
    const stops = key === '' ? [] : key.split(' ').map((id) => details.watch(id))
    return () => {
      for (const stop of stops) stop()
    }
  }, [details, key])
  return ids.flatMap((id) => known.get(id)?.job ?? [])
}

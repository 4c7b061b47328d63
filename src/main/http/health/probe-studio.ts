import type { EngineState } from '../../../contract/studio/studio-calls.ts'
import { type ErrorCode, toStudioError } from '../../../domain/errors.ts'
import { REMOTE_ENGINE, type RemoteServer } from '../../engines/remote/remote-server.ts'
import { freeDisk } from '../../files/free-disk.ts'
import type { Studio, StudioEngine } from '../../studio.ts'
import { modelsNow } from './models-now.ts'

/** A database or drive that answers later counts as away, milliseconds. */
const PATIENCE_MS = 5_000

/** What engines on the servers of a variable do. */
const PORT_OF: Readonly<Record<RemoteServer['variable'], StudioEngine['port']>> = {
  VLLM_SERVER_URL: 'vlm',
  FLUX_SERVER_URL: 'generator'
}

/** What tells that an engine cannot be used; others, such as a lack of memory, may have passed by the next call. */
const STATE_OF: { readonly [code in ErrorCode]?: EngineState['state'] } = {
  'model-missing': 'uninstalled',
  'engine-unavailable': 'away'
}

export interface EngineHealth {
  readonly port: StudioEngine['port']
  readonly engine: string
  readonly label: string
  readonly state: EngineState['state']
  readonly models: readonly string[]
  /** Whether it could say which models it has, now. */
  readonly answers: boolean
  /** Why it is away, has no model or could not use one now, or what its last process ended of. */
  readonly error: ErrorCode | null
}

export interface StudioHealth {
  /** Connected and answering. */
  readonly database: boolean
  /** null where it cannot be told. */
  readonly freeBytes: number | null
  readonly diskIsLow: boolean
  readonly pending: number
  readonly processing: number
  /** Milliseconds that the job next in the queue has waited; null for an empty queue, or while the database is away. */
  readonly queueAgeMs: number | null
  readonly paused: boolean
  /** Whether each model server that is set answers as what it should be. */
  readonly servers: ReadonlyMap<RemoteServer['variable'], boolean>
  readonly engines: readonly EngineHealth[]
}

/** Asks everything that a job needs; never throws. */
export async function probeStudio({
  jobs,
  manager,
  dataFolder,
  remoteServers,
  engines
}: Studio): Promise<StudioHealth> {
  const [counts, oldest, disk, ofEngines] = await Promise.all([
    within(jobs.counts()),
    within(jobs.list({ status: ['pending'], order: { by: 'created', direction: 'ascending' }, limit: 1 })),
    within(freeDisk(dataFolder)),
    Promise.all(engines.map(lookAt))
  ])
  const [first] = oldest?.items ?? []
  const isThere = (variable: RemoteServer['variable']) =>
    ofEngines.some(({ port, engine, answers }) => port === PORT_OF[variable] && engine === REMOTE_ENGINE && answers)
  return {
    database: counts !== null,
    freeBytes: disk?.bytes ?? null,
    diskIsLow: disk?.isLow ?? true,
    pending: counts?.pending ?? 0,
    processing: counts?.processing ?? 0,
    queueAgeMs: first ? Math.max(0, Date.now() - first.createdAt.getTime()) : null,
    paused: manager.paused,
    servers: new Map(remoteServers.map(({ variable }) => [variable, isThere(variable)])),
    engines: ofEngines
  }
}

/** Starts no engine: one that is at rest is well. */
async function lookAt(asked: StudioEngine): Promise<EngineHealth> {
  const { port, engine, label, activity } = asked
  const { state, error } = activity?.now ?? { state: 'ready', error: null }
  const of = { port, engine, label }
  try {
    return { ...of, state, models: await modelsNow(asked), answers: true, error: error?.code ?? null }
  } catch (thrown) {
    const isLate = thrown instanceof Error && thrown.name === 'TimeoutError'
    const code = isLate ? 'engine-unavailable' : toStudioError(thrown).code
    return { ...of, state: STATE_OF[code] ?? state, models: [], answers: false, error: code }
  }
}

/** null for what fails or takes too long. */
async function within<T>(asked: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, null)
  })
  try {
    return await Promise.race([asked, late])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

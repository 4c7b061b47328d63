import type { EngineState } from '../../../contract/studio/studio-calls.ts'
import { type ErrorCode, toStudioError } from '../../../domain/errors.ts'
import { probeServer } from '../../engines/probe-server.ts'
import type { RemoteServer } from '../../engines/remote/remote-server.ts'
import { freeDisk } from '../../files/free-disk.ts'
import type { Studio, StudioEngine } from '../../studio.ts'

/** A database or drive that answers later counts as away, milliseconds. */
const PATIENCE_MS = 5_000
/** A model server that answers later counts as away, milliseconds: whoever asks for health waits for all of it. */
const SERVER_PATIENCE_MS = 2_000

export interface EngineHealth {
  readonly port: StudioEngine['port']
  readonly engine: string
  readonly label: string
  readonly state: EngineState['state']
  readonly models: readonly string[]
  /** Why it is away, or has no model. */
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
  const [counts, oldest, disk, servers, ofEngines] = await Promise.all([
    within(jobs.counts()),
    within(jobs.list({ status: ['pending'], order: { by: 'created', direction: 'ascending' }, limit: 1 })),
    within(freeDisk(dataFolder)),
    Promise.all(remoteServers.map(async (server) => [server.variable, await answers(server)] as const)),
    Promise.all(engines.map(lookAt))
  ])
  const [first] = oldest?.items ?? []
  return {
    database: counts !== null,
    freeBytes: disk?.bytes ?? null,
    diskIsLow: disk?.isLow ?? true,
    pending: counts?.pending ?? 0,
    processing: counts?.processing ?? 0,
    queueAgeMs: first ? Math.max(0, Date.now() - first.createdAt.getTime()) : null,
    paused: manager.paused,
    servers: new Map(servers),
    engines: ofEngines
  }
}

/** Starts no engine: one that is at rest is well. */
async function lookAt({ port, engine, label, activity, models }: StudioEngine): Promise<EngineHealth> {
  const { state, error } = activity?.now ?? { state: 'ready', error: null }
  const of = { port, engine, label }
  try {
    const names = (await models?.(AbortSignal.timeout(SERVER_PATIENCE_MS))) ?? []
    return { ...of, state, models: names, error: error?.code ?? null }
  } catch (thrown) {
    const { code } = toStudioError(thrown)
    return { ...of, state: code === 'model-missing' ? 'uninstalled' : 'away', models: [], error: code }
  }
}

async function answers(server: RemoteServer): Promise<boolean> {
  return await probeServer(server, AbortSignal.timeout(SERVER_PATIENCE_MS)).then(
    () => true,
    () => false
  )
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

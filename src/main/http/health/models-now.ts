import { REMOTE_ENGINE } from '../../engines/remote/remote-server.ts'
import type { StudioEngine } from '../../studio.ts'

/** A model server that answers later counts as away, milliseconds: whoever asks for health waits for all of it. */
const SERVER_PATIENCE_MS = 2_000
/** Milliseconds that what a server said is told again: whoever asks the studio often, also without a key, asks no server. */
const REMEMBERED_MS = 3_000

interface Asked {
  readonly at: number
  readonly models: Promise<readonly string[]>
}

const servers = new WeakMap<StudioEngine, Asked>()

/** The models that an engine would use; of a server as it said last. @throws StudioError as `StudioEngine.models` */
export async function modelsNow(engine: StudioEngine): Promise<readonly string[]> {
  if (engine.engine !== REMOTE_ENGINE) return await ask(engine)
  const now = performance.now()
  const last = servers.get(engine)
  if (last && now - last.at < REMEMBERED_MS) return await last.models
  const models = ask(engine)
  servers.set(engine, { at: now, models })
  return await models
}

async function ask({ models }: StudioEngine): Promise<readonly string[]> {
  return (await models?.(AbortSignal.timeout(SERVER_PATIENCE_MS))) ?? []
}

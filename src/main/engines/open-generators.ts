import { join } from 'node:path'
import { type ImageGenerator, RETOUCH_ENGINE } from '../../domain/engine.ts'
import { say } from '../../domain/sentences/say.ts'
import type { StudioEnvironment } from '../environment.ts'
import { openLog } from '../logs/log.ts'
import type { StudioEngine } from '../studio.ts'
import type { BuiltInEngine } from './builtin-engine.ts'
import { createLocalFlux, LOCAL_FLUX, type LocalFluxOptions } from './local-flux.ts'
import type { ModelMemory } from './model-memory.ts'
import { fluxProtocolAt } from './probe-server.ts'
import { REMOTE_ENGINE, remoteServers } from './remote/remote-server.ts'

export interface OpenGeneratorsOptions {
  readonly environment: StudioEnvironment
  readonly dataFolder: string
  readonly builtIn: BuiltInEngine
  /** How engine processes are started. */
  readonly processes: Pick<LocalFluxOptions, 'engineEntry' | 'execArgv' | 'fork'>
  /** Shared with other models of this machine. */
  readonly memory: ModelMemory
}

export interface OpenGenerators {
  /** Those there are now, the preferred one first: a model that is pulled meanwhile paints the next job. */
  readonly generators: () => Promise<readonly ImageGenerator[]>
  readonly engines: readonly StudioEngine[]
  /** Whether one works elsewhere than this machine's built-in process, so that two jobs get on at once. */
  readonly isElsewhere: boolean
  close(): Promise<void>
}

const LABEL = say('label-image-generator')

/**
 * Every image generator there is: the servers that the environment names, a FLUX model that is installed, then the
 * built-in one.
 */
export async function openGenerators(options: OpenGeneratorsOptions): Promise<OpenGenerators> {
  const { builtIn, dataFolder, processes, memory } = options
  const remote = await openRemote(options)
  const local = createLocalFlux({ ...processes, models: join(dataFolder, 'models'), aid: builtIn.aid, memory })
  const as = (
    engine: string,
    { describe }: Pick<ImageGenerator, 'describe'>,
    { activity, models }: Pick<StudioEngine, 'activity' | 'models'>
  ): StudioEngine => ({ port: 'generator', engine, label: LABEL, describe, activity, ...(models && { models }) })
  const installed = await local.generators()
  return {
    generators: async () => [...(remote ? [remote.generator] : []), ...(await local.generators()), builtIn.generator],
    engines: [
      ...(remote ? [as(REMOTE_ENGINE, remote.generator, remote)] : []),
      // Also while none is installed: one that is pulled meanwhile is seen at once.
      as(LOCAL_FLUX, local, local),
      as(RETOUCH_ENGINE, builtIn.generator, { activity: builtIn.activity })
    ],
    isElsewhere: remote !== null || installed.length > 0,
    close: async () => {
      await Promise.all([local.stop(), remote?.close()])
    }
  }
}

async function openRemote({ environment, dataFolder, builtIn }: OpenGeneratorsOptions) {
  const servers = remoteServers(environment).filter(({ variable }) => variable === 'FLUX_SERVER_URL')
  if (servers.length === 0) return null
  // Loaded here: a studio without such servers starts without their client.
  const { createRemoteFlux } = await import('./remote-flux/remote-flux.ts')
  const { log, close: closeLog } = await openLog({
    role: 'flux',
    level: environment.logLevel,
    folder: join(dataFolder, 'logs'),
    console: null,
    secrets: environment.secrets
  })
  const { generator, activity, stop } = createRemoteFlux({ servers, aid: builtIn.aid, log })
  const models = async (signal: AbortSignal) => {
    const protocols = await Promise.all(servers.map((server) => fluxProtocolAt(server, signal)))
    return [...new Set(protocols.flatMap((protocol) => (protocol.kind === 'images' ? protocol.models : [])))]
  }
  const close = async () => {
    await stop()
    await closeLog()
  }
  return { generator, activity, models, close }
}

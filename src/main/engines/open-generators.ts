import { join } from 'node:path'
import type { ImageGenerator } from '../../domain/engine.ts'
import type { StudioEnvironment } from '../environment.ts'
import { openLog } from '../logs/log.ts'
import type { StudioEngine } from '../studio.ts'
import type { BuiltInEngine } from './builtin-engine.ts'
import { createRemoteFlux } from './remote-flux/remote-flux.ts'
import { remoteServers } from './remote-server.ts'

export interface OpenGeneratorsOptions {
  readonly environment: StudioEnvironment
  readonly dataFolder: string
  readonly builtIn: BuiltInEngine
}

export interface OpenGenerators {
  /** The preferred one first. */
  readonly generators: readonly ImageGenerator[]
  readonly engines: readonly StudioEngine[]
  /** Whether one works elsewhere than this machine's built-in process, so that two jobs get on at once. */
  readonly isElsewhere: boolean
  close(): Promise<void>
}

const LABEL = 'image generator'

/** Every image generator there is: the servers that the environment names, then the built-in one. */
export async function openGenerators(options: OpenGeneratorsOptions): Promise<OpenGenerators> {
  const { builtIn } = options
  const retouch: StudioEngine = {
    port: 'generator',
    label: LABEL,
    describe: () => builtIn.generator.describe(),
    activity: builtIn.activity
  }
  const remote = await openRemote(options)
  if (remote === null) {
    return { generators: [builtIn.generator], engines: [retouch], isElsewhere: false, close: async () => {} }
  }
  const { generator, activity, close } = remote
  const onServer: StudioEngine = { port: 'generator', label: LABEL, describe: () => generator.describe(), activity }
  return { generators: [generator, builtIn.generator], engines: [onServer, retouch], isElsewhere: true, close }
}

async function openRemote({ environment, dataFolder, builtIn }: OpenGeneratorsOptions) {
  const servers = remoteServers(environment).filter(({ variable }) => variable === 'FLUX_SERVER_URL')
  if (servers.length === 0) return null
  const { log, close: closeLog } = await openLog({
    role: 'flux',
    level: environment.logLevel,
    folder: join(dataFolder, 'logs'),
    console: null,
    secrets: environment.secrets
  })
  const { generator, activity, stop } = createRemoteFlux({ servers, aid: builtIn.aid, log })
  const close = async () => {
    await stop()
    await closeLog()
  }
  return { generator, activity, close }
}

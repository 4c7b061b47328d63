import { join } from 'node:path'
import type { StudioError } from '../../domain/errors.ts'
import type { Studio } from '../studio.ts'
import type { CommandContext } from './command-context.ts'
import type { Serving } from './serve-command.ts'

/** Pictures that may wait besides the one at work: at a minute each, nobody waits for much longer. */
const QUEUE_LENGTH = 8

const DESCRIPTION = `Pictures by the engine of this studio, for other studios and for whatever speaks OpenAI's Images API.`

/** Offers the studio's image generator to others. */
export async function serveFlux(studio: Studio, context: CommandContext, port: number): Promise<Serving> {
  const { terminal, environment } = context
  const [{ createModelServer }, { fluxRoutes }, { PictureMaker }, { ScratchFolders }, { workerOfThisProcess }] =
    await Promise.all([
      import('../http/model-server/create-model-server.ts'),
      import('../http/flux/flux-routes.ts'),
      import('../http/flux/picture-maker.ts'),
      import('../jobs/scratch-folders.ts'),
      import('../jobs/worker-identity.ts')
    ])
  const { dataFolder } = studio
  const folders = new ScratchFolders(join(dataFolder, 'flux-server'), await workerOfThisProcess(dataFolder))
  try {
    await folders.prepare()
    const { generator } = await studio.chooseEngines({ generator: null, vlm: null })
    const maker = new PictureMaker({ generator, aid: studio.generatorAid, folders, queueLength: QUEUE_LENGTH })
    const onFault = (error: StudioError) => studio.log.error({ err: error }, 'a request failed')
    const server = await createModelServer({
      host: environment.host,
      port,
      allowedHosts: environment.allowedHosts,
      apiKey: environment.apiKey,
      description: { title: 'APEX Portrait Studio: Flux server', version: studio.version, description: DESCRIPTION },
      log: studio.log,
      onFault,
      register: (server) => server.add(fluxRoutes({ maker, folders, onFault }))
    })
    const { label } = await generator.describe()
    terminal.note(`${label} makes pictures at ${server.address} (Ctrl+C ends it)`)
    return {
      async close() {
        await server.close()
        await folders.removeAll()
      }
    }
  } catch (thrown) {
    await folders.removeAll()
    throw thrown
  }
}

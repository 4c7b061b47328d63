import { once } from 'node:events'
import { join } from 'node:path'
import { StudioError } from '../../domain/errors.ts'
import type { CatalogueModel } from '../../domain/models/catalogue-model.ts'
import { dataFolderOf } from '../data-folder.ts'
import { createLocalVlm } from '../engines/local-vlm.ts'
import { requireValid } from '../environment.ts'
import { openLog } from '../logs/log.ts'
import { ModelFolders } from '../models/model-folders.ts'
import { catalogueVlm, nearestVlm } from '../models/nearest-vlm.ts'
import { readCatalogue } from '../models/read-catalogue.ts'
import type { CommandContext } from './command-context.ts'
import { EXIT, type ExitCode } from './exit-code.ts'

/** Serves the vision-language model of this machine until the signal is raised; needs no store. */
export async function runServeVlm(context: CommandContext): Promise<ExitCode> {
  const { terminal, signal, environment, processes } = context
  requireValid('vlm-server', context.sources)
  const { vlmServer, host, allowedHosts } = environment
  const dataFolder = dataFolderOf(environment)
  const folders = new ModelFolders(dataFolder)
  const catalogue = await readCatalogue(environment.resources ?? join(context.programFolder, 'resources'), folders.root)
  const wanted = environment.localVlm ?? (environment.vllmModel.isNamed ? environment.vllmModel.name : undefined)
  const known = wanted === undefined ? null : catalogueVlm(wanted, catalogue)
  const { log, close: closeLog } = await openLog({
    role: 'vllm',
    level: environment.logLevel,
    folder: join(dataFolder, 'logs'),
    console: process.stderr,
    secrets: environment.secrets
  })
  const model = createLocalVlm({
    ...processes,
    modelsFolder: folders.root,
    model: known?.id ?? wanted,
    memoryShare: vlmServer.memoryShare,
    contextLength: vlmServer.contextLength,
    // A server does not close its model between two requests.
    limits: { idleMs: 2 ** 31 - 1 }
  })
  try {
    const { version, unavailable } = await model.describe()
    if (unavailable !== undefined) throw notThere(unavailable, wanted ?? environment.vllmModel.name, catalogue)
    const { createVlmServer } = await import('../http/vlm/create-vlm-server.ts')
    await model.load({ signal, onProgress: ({ activity }) => terminal.status(activity) })
    const name = catalogueVlm(version, catalogue)?.repository ?? version
    const server = await createVlmServer({
      model,
      name,
      host,
      port: vlmServer.port,
      allowedHosts,
      apiKey: environment.apiKey,
      log,
      onFault: (error) => log.error({ err: error }, 'a request failed')
    })
    try {
      const { runsOn } = await model.describe()
      log.info({ address: server.address, model: name, runsOn }, 'serving')
      terminal.note(`${name} answers at ${server.address}/v1 (Ctrl+C ends it)`)
      if (!signal.aborted) await once(signal, 'abort')
    } finally {
      await server.close()
    }
    return EXIT.delivered
  } finally {
    await model.stop()
    await closeLog()
  }
}

function notThere(why: string, wanted: string, catalogue: readonly CatalogueModel[]): StudioError {
  const listed = catalogueVlm(wanted, catalogue)
  const nearest = listed ?? nearestVlm(wanted, catalogue)
  const says = listed ? '' : ` ${wanted} has no weights that can be run here.`
  return new StudioError('model-not-installed', `${why}${says}`, {
    hint: nearest ? `Install ${listed ? 'it' : 'the nearest'}: apex-studio models pull ${nearest.id}` : undefined
  })
}

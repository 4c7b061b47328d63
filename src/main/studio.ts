import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type ApiKey, apiKeySchema } from '../domain/api-key.ts'
import { type BrowserLink, browserLinkSchema } from '../domain/browser-link.ts'
import { type BrowserSession, browserSessionSchema } from '../domain/browser-session.ts'
import type { ChatModel } from '../domain/chat-model.ts'
import type { EngineDescription, EngineSet, Examiner, GeneratorAid, SwatchRenderer } from '../domain/engine.ts'
import type { OwnBackdrop, Reference } from '../domain/job.ts'
import { type JudgeCalibration, judgeCalibrationSchema } from '../domain/judging/calibration.ts'
import { judgeKey } from '../domain/judging/judge-key.ts'
import type { RequestedEngines } from '../domain/order.ts'
import { WORKING_LONG_EDGE } from '../domain/parameters/resolution.ts'
import { type Preset, presetSchema } from '../domain/preset.ts'
import { writeReport } from '../domain/rules/report.ts'
import { type ServerSettings, serverSettingsSchema } from '../domain/server-settings.ts'
import { STUDIO_VERSION } from '../domain/studio-version.ts'
import { type WatchFolder, watchFolderSchema } from '../domain/watch-folder.ts'
import { dataFolderOf, makeDataFolder } from './data-folder.ts'
import { DeliveryService } from './delivery/delivery-service.ts'
import { type BuiltInEngine, createBuiltInEngine } from './engines/builtin-engine.ts'
import { abilitiesOf, createEngineChooser } from './engines/choose.ts'
import type { ForkEngine } from './engines/engine-fork.ts'
import { createExporter } from './engines/exporter.ts'
import { ModelMemory } from './engines/model-memory.ts'
import { openGenerators } from './engines/open-generators.ts'
import { openVlms } from './engines/open-vlms.ts'
import { type RemoteServer, remoteServers } from './engines/remote/remote-server.ts'
import type { StudioEnvironment } from './environment.ts'
import { JobManager } from './jobs/job-manager.ts'
import { workerOfThisProcess } from './jobs/worker-identity.ts'
import { type Log, openLog } from './logs/log.ts'
import { logJobs } from './logs/log-jobs.ts'
import type { ModelManager } from './models/model-manager.ts'
import { openModels } from './models/open-models.ts'
import { type ArtifactReferences, allReferences } from './store/artifact-references.ts'
import type { ArtifactStore } from './store/artifact-store.ts'
import { sweep } from './store/artifacts/sweep.ts'
import { createDocumentStore, type DocumentStore } from './store/documents/document-store.ts'
import { presetReferences } from './store/documents/preset-references.ts'
import { createSettingsStore, type SettingsStore } from './store/documents/settings-store.ts'
import type { JobRepository } from './store/job-repository.ts'
import { createLibrary } from './store/library/create-library.ts'
import type { Library } from './store/library/library.ts'
import { openStore } from './store/open-store.ts'
import { createJobRepository } from './store/repository/create-job-repository.ts'
import type { StartStoreWorker } from './store/start-store-worker.ts'
import { createWebhookStore, type WebhookStore } from './store/webhooks/webhook-store.ts'
import type { CanaryEngines } from './vlm/canaries/canary-portrait.ts'
import { PromptTemplates } from './vlm/prompt-templates.ts'

/** The sweep looks at every artifact and every job: it waits until whoever has opened the studio has begun to work. */
const SWEEP_AFTER_MS = 20_000
const SWEEP_EVERY_MS = 6 * 60 * 60 * 1000

async function sweepNowAndThen(
  sweepOnce: () => Promise<unknown>,
  signal: AbortSignal,
  onTrouble: (thrown: unknown) => void
): Promise<void> {
  for (let ms = SWEEP_AFTER_MS; !signal.aborted; ms = SWEEP_EVERY_MS) {
    await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined)
    if (!signal.aborted) await sweepOnce().catch((thrown: unknown) => signal.aborted || onTrouble(thrown))
  }
}

/** What differs between the command line, Electron and tests. */
export interface StudioParts {
  /** The module engine processes run. */
  readonly engineEntry: string
  readonly storeWorker: StartStoreWorker
  /** Node's own arguments for engine processes, e.g. a TypeScript loader in development. */
  readonly execArgv?: readonly string[]
  readonly fork: ForkEngine
  /** The folder with models and places where the environment names none. */
  readonly resources: string
}

export interface OpenStudioOptions {
  /** Whether log lines are shown on stderr too; commands that talk to people do without. */
  readonly showLog?: boolean
  readonly environment: StudioEnvironment
}

export interface StudioEngine {
  readonly port: 'examiner' | 'generator' | 'vlm'
  /** Its name, as orders have it. */
  readonly engine: string
  /** The port in words. */
  readonly label: string
  describe(): Promise<EngineDescription>
  /**
   * Names of the models it would use now; left out by one that has none. Starts no process.
   * @throws StudioError `model-missing` where none is installed, `engine-unavailable` of a server
   */
  readonly models?: (signal: AbortSignal) => Promise<readonly string[]>
  /** Null for one without a process: it always answers. */
  readonly activity: BuiltInEngine['activity'] | null
}

export interface Studio {
  readonly version: string
  readonly log: Log
  readonly dataFolder: string
  readonly resources: string
  readonly storeDescription: string
  readonly defaults: { readonly maxAttempts: number }
  readonly jobs: JobRepository
  readonly library: Library
  readonly presets: DocumentStore<Preset>
  readonly watchFolders: DocumentStore<WatchFolder>
  readonly settings: SettingsStore
  readonly apiKeys: DocumentStore<ApiKey>
  readonly browserSessions: DocumentStore<BrowserSession>
  readonly browserLinks: DocumentStore<BrowserLink>
  /** What the desktop studio was told of serving browsers; one document. */
  readonly serverSettings: DocumentStore<ServerSettings & { readonly _id: string }>
  readonly webhooks: WebhookStore
  readonly artifacts: ArtifactStore
  /** Everyone who refers to artifacts. */
  readonly references: ArtifactReferences
  readonly manager: JobManager
  readonly examiner: Examiner
  /** Looks at photos for whoever is waiting in front of the screen: in a process of its own, so not behind a portrait. */
  readonly viewer: {
    readonly examiner: Examiner
    readonly swatches: SwatchRenderer
    readonly preview: Examiner['preview']
  }
  /** For generators that paint: what they are shown, and their pictures at the size of an order. */
  readonly generatorAid: GeneratorAid
  /** The engines that an order which names these would get. */
  chooseEngines(requested: RequestedEngines): Promise<EngineSet>
  /** The models that judge where an order or the environment names them. */
  readonly chatModels: readonly ChatModel[]
  /** How far judges can be trusted, by `judgeKey`. */
  readonly judgeCalibrations: DocumentStore<JudgeCalibration>
  /** What pictures of known truth are made with. */
  readonly canaryEngines: CanaryEngines
  readonly delivery: DeliveryService
  /** Larger models that are installed by the user. */
  readonly models: ModelManager
  /** What language models are told; the user may have copies of their own. */
  readonly prompts: PromptTemplates
  /** Each engine there is, by the port it serves. */
  readonly engines: readonly StudioEngine[]
  /** The model servers that the environment names. */
  readonly remoteServers: readonly RemoteServer[]
  /** Copies a photo into the store. `face`: index of the person, or null where the photo shows one. */
  intake(path: string, face: number | null): Promise<Reference>
  /** Copies a panorama or photograph into the store that is to stand behind a person. */
  intakeBackdrop(path: string): Promise<OwnBackdrop>
  /** Puts running jobs back, stops every engine, closes the store. */
  close(): Promise<void>
}

export type OpenStudio = (options: OpenStudioOptions) => Promise<Studio>

/** The composition root: the only place that wires the parts together. */
export function studioOpener(program: StudioParts): OpenStudio {
  return async ({ environment, showLog = false }) => {
    const parts = { ...program, resources: environment.resources ?? program.resources }
    const dataFolder = dataFolderOf(environment)
    await makeDataFolder(dataFolder)
    const { log, close: closeLog } = await openLog({
      role: 'jobs',
      level: environment.logLevel,
      folder: join(dataFolder, 'logs'),
      console: showLog ? process.stderr : null,
      secrets: environment.secrets
    })
    const store = await openStore({
      uri: environment.mongoUri,
      folder: dataFolder,
      worker: parts.storeWorker
    }).catch(async (thrown: unknown) => {
      log.fatal({ err: thrown }, 'the store cannot be opened')
      await closeLog()
      throw thrown
    })
    const { database, artifacts } = store
    const jobs = await createJobRepository(database)
    const library = await createLibrary(database)
    const engine = createBuiltInEngine(parts)
    const { activity } = engine
    const viewer = createBuiltInEngine(parts)
    const exporter = createExporter(parts)
    const judgeCalibrations = createDocumentStore(database, 'judgecalibrations', judgeCalibrationSchema)
    const prompts = new PromptTemplates({ resources: parts.resources, dataFolder })
    const memory = new ModelMemory()
    const { vlms, ...ofVlms } = await openVlms({
      environment,
      dataFolder,
      reducer: exporter,
      processes: parts,
      calibrationOf: (judge) => judgeCalibrations.get(judgeKey(judge)),
      prompts,
      memory
    })
    const { generators, ...ofGenerators } = await openGenerators({
      environment,
      dataFolder,
      builtIn: engine,
      processes: parts,
      memory
    })
    const chooseEngines = createEngineChooser({
      examiner: engine.examiner,
      generators,
      vlms
    })
    const manager = new JobManager({
      repository: jobs,
      artifacts,
      chooseEngines,
      writePlainReport: writeReport,
      // While one job is judged or painted elsewhere, the process here works on another.
      ...((ofVlms.isElsewhere || ofGenerators.isElsewhere) && { settings: { concurrency: 2 } }),
      worker: await workerOfThisProcess(dataFolder),
      // A queue of its own takes what no engine is there for too, and says so.
      ...(store.isShared && { abilities: () => abilitiesOf({ generators, vlms }) }),
      scratchFolder: join(dataFolder, 'scratch')
    })
    const stopLogging = logJobs(manager, log)
    const closing = new AbortController()
    const models = openModels({ dataFolder, resources: parts.resources, hub: environment.hub })
    const presets = createDocumentStore(database, 'presets', presetSchema)
    const references = allReferences([jobs, library, presetReferences(presets)])
    // What a crash or a refused order left behind costs only space: tidied beside the work, and again some hours later.
    const { signal } = closing
    const swept = sweepNowAndThen(
      () => sweep({ artifacts, repository: references }, { signal }),
      signal,
      (thrown) => log.warn({ err: thrown }, 'leftovers could not be tidied away')
    )
    // Until then such jobs are merely not found by words; what is left is filled in at the next start.
    const filled = jobs
      .fillListings(signal)
      .catch((thrown: unknown) => signal.aborted || log.warn({ err: thrown }, 'older jobs could not be listed'))
    return {
      version: STUDIO_VERSION,
      log,
      dataFolder,
      resources: parts.resources,
      storeDescription: store.description,
      defaults: { maxAttempts: environment.maxAttempts },
      jobs,
      library,
      presets,
      watchFolders: createDocumentStore(database, 'watchfolders', watchFolderSchema),
      settings: createSettingsStore(database),
      webhooks: await createWebhookStore(database),
      apiKeys: createDocumentStore(database, 'apikeys', apiKeySchema),
      browserSessions: createDocumentStore(database, 'browsersessions', browserSessionSchema),
      browserLinks: createDocumentStore(database, 'browserlinks', browserLinkSchema),
      serverSettings: createDocumentStore(database, 'server', serverSettingsSchema.extend({ _id: z.string() })),
      artifacts,
      references,
      manager,
      examiner: engine.examiner,
      viewer: {
        examiner: viewer.examiner,
        swatches: viewer.swatches,
        // Behind neither a swatch nor an export, both of which take longer.
        preview: (request, context) => (exporter.isExporting ? viewer.examiner : exporter).preview(request, context)
      },
      models,
      generatorAid: engine.aid,
      chooseEngines: ({ generator, vlm: named }) => chooseEngines(null, generator, named),
      chatModels: ofVlms.chatModels,
      judgeCalibrations,
      canaryEngines: {
        examiner: engine.examiner,
        generator: engine.generator,
        planter: engine.canaries,
        // What a judge is tried on is of the size of what it will judge.
        longEdge: WORKING_LONG_EDGE
      },
      delivery: new DeliveryService({
        jobs,
        nameOf: async (id) => (await library.subject(id))?.name ?? null,
        artifacts,
        exporter,
        resources: parts.resources
      }),
      prompts,
      remoteServers: remoteServers(environment),
      engines: [
        {
          port: 'examiner',
          engine: 'measurements',
          label: 'measurements',
          describe: () => engine.examiner.describe(),
          activity
        },
        ...ofGenerators.engines,
        ...ofVlms.engines
      ],
      intake: async (path, face) => {
        const { id, bytes } = await artifacts.putFile(path)
        return { artifact: id, name: basename(path), bytes, face, inspection: null }
      },
      intakeBackdrop: async (path) => {
        const { id, bytes } = await artifacts.putFile(path)
        return { artifact: id, name: basename(path), bytes }
      },
      close: async () => {
        closing.abort()
        await Promise.all([manager.stop(), models.stop()])
        await Promise.all([engine.stop(), viewer.stop(), exporter.stop(), ofVlms.close(), ofGenerators.close()])
        await Promise.all([swept, filled])
        await store.close()
        stopLogging()
        await closeLog()
      }
    }
  }
}

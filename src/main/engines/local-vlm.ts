import type { LocalModel } from '../../contract/engine-protocol.ts'
import { type ChatModel, chatRequestSchema } from '../../domain/chat-model.ts'
import type { EngineDescription } from '../../domain/engine.ts'
import { StudioError } from '../../domain/errors.ts'
import { requireMemory } from '../../domain/local-vlm/memory-need.ts'
import type { CallContext } from '../../domain/progress.ts'
import { say } from '../../domain/sentences/say.ts'
import type { BuiltInEngineOptions } from './builtin-engine.ts'
import type { ActivityOfEngine } from './engine-activity.ts'
import { EngineProcess } from './engine-process.ts'
import { type InstalledVlm, installedVlms, vlmIn } from './installed-vlms.ts'
import { ModelMemory } from './model-memory.ts'

/** Its name, as orders have it. */
export const LOCAL_VLM = 'local'

/** Of the memory now free: the window, and the portrait that is being made, need some too. */
const MEMORY_SHARE = 0.8

export interface LocalVlmOptions extends Omit<BuiltInEngineOptions, 'resources'> {
  /** Where models are installed, each in a folder of its own. */
  readonly modelsFolder: string
  /** The model that is wanted: its name there, or its own folder. Left out, the largest that fits. */
  readonly model?: string | undefined
  readonly memoryShare?: number
  /** Tokens that a prompt and its answer may have together; left out, as many as the model takes. */
  readonly contextLength?: number | undefined
  /** Bytes of memory that are free. */
  readonly freeMemory?: () => number
  /** Shared with other models of this machine; left out, with none. */
  readonly memory?: ModelMemory
}

export interface LocalVlm extends ChatModel {
  readonly activity: Pick<ActivityOfEngine, 'now' | 'onChanged'>
  /** Of its process, while one runs. */
  readonly pid: number | undefined
  /** Of the model that the next call would use. @throws StudioError `model-missing`, `engine-out-of-memory` */
  modelName(): Promise<string>
  /** Opens the model, so that nobody waits for it later. @throws StudioError as `complete` */
  load(context: CallContext): Promise<void>
  /** Gives all memory back, e.g. for a generator that needs the room; the next call opens the model again. */
  release(): Promise<void>
  stop(): Promise<void>
}

/** The vision-language model on this machine, in a process of the role `vlm`. */
export function createLocalVlm(options: LocalVlmOptions): LocalVlm {
  const { memoryShare = MEMORY_SHARE, contextLength, freeMemory = () => process.availableMemory() } = options
  const engine = new EngineProcess({
    role: 'vlm',
    entry: options.engineEntry,
    execArgv: options.execArgv ?? [],
    environment: {},
    fork: options.fork,
    ...(options.limits && { limits: options.limits })
  })
  /** Of the process that runs now. */
  let runsOn: string | undefined
  let opened: InstalledVlm | undefined

  const memory = (options.memory ?? new ModelMemory()).join({
    held: () => (engine.pid === undefined ? 0 : (opened?.memory ?? 0)),
    release: () => engine.release()
  })

  const find = async (): Promise<InstalledVlm | Unavailable> => {
    // One that is open has its memory already.
    const room =
      engine.pid === undefined ? (freeMemory() + memory.heldByOthers()) * memoryShare : Number.POSITIVE_INFINITY
    return await findModel(options, room)
  }

  /** The one that others make room for, rather than a smaller one beside them. */
  async function toOpen(): Promise<InstalledVlm> {
    if (engine.pid !== undefined && opened) return opened
    const found = await find()
    if ('unavailable' in found) throw found.unavailable
    // One that is named may fit a graphics card: its process sees to that.
    if (options.model === undefined) requireMemory(found.memory, freeMemory(), memoryShare)
    return found
  }

  async function open(context: CallContext): Promise<LocalModel> {
    return await memory.retrying(async () => {
      const found = await toOpen()
      const model = { folder: found.folder, memoryShare, ...(contextLength !== undefined && { contextLength }) }
      opened = found
      runsOn = (await engine.call('load', { model }, context)).runsOn
      return model
    }, context)
  }

  return {
    activity: engine.activity,
    get pid() {
      return engine.pid
    },
    async describe() {
      const found = await find()
      const isThere = !('unavailable' in found)
      const name = isThere ? found.name : (options.model ?? 'none')
      return {
        engine: LOCAL_VLM,
        version: name,
        label: isThere ? say('label-vlm-here', { model: name }) : say('label-no-vlm'),
        kind: 'language-model',
        abilities: [say('can-write-briefs'), say('can-judge'), say('can-change'), say('can-report')],
        reason: isThere ? say('engine-installed-here') : found.unavailable.message,
        ...(engine.pid !== undefined && runsOn !== undefined && { runsOn }),
        ...(!isThere && { unavailable: found.unavailable.message })
      } satisfies EngineDescription
    },
    async modelName() {
      const found = await find()
      if ('unavailable' in found) throw found.unavailable
      return found.name
    },
    load: async (context) => void (await open(context)),
    async complete(request, context) {
      const model = await open(context)
      return await engine.call('complete', { model, request: chatRequestSchema.parse(request) }, context)
    },
    async ask(request, context) {
      const model = await open(context)
      return await engine.call('ask', { model, request }, context)
    },
    release: () => engine.release(),
    stop: () => engine.stop()
  }
}

interface Unavailable {
  readonly unavailable: StudioError
}

async function findModel(
  { modelsFolder, model }: Pick<LocalVlmOptions, 'modelsFolder' | 'model'>,
  room: number
): Promise<InstalledVlm | Unavailable> {
  const installed = await installedVlms(modelsFolder)
  if (model !== undefined) {
    const named = installed.find(({ name }) => name === model) ?? (await vlmIn(model))
    return named ?? { unavailable: notInstalled(`There is no vision-language model "${model}" on this machine.`) }
  }
  const [smallest] = installed.slice(-1)
  if (!smallest) return { unavailable: notInstalled('No vision-language model is installed on this machine.') }
  return (
    installed.find(({ memory }) => memory <= room) ?? {
      unavailable: new StudioError(
        'engine-out-of-memory',
        say('error-memory-smallest', {
          model: smallest.name,
          needed: gigabytes(smallest.memory),
          free: gigabytes(room)
        }),
        { hint: say('hint-smaller-model') }
      )
    }
  )
}

const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`

function notInstalled(message: string): StudioError {
  return new StudioError('model-missing', message, {
    hint: say('hint-install-vlm')
  })
}

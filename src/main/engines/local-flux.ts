import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { MeasurePrompt } from '../../domain/briefing/prompt-length.ts'
import { DELIVERY_PROFILES, profileSize } from '../../domain/delivery-profile.ts'
import type {
  EngineDescription,
  FinishRequest,
  GenerateRequest,
  GeneratorAid,
  ImageGenerator,
  MadePicture
} from '../../domain/engine.ts'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import type { FluxModel, PaintRequest } from '../../domain/flux-painting.ts'
import { fluxSettingsSchema } from '../../domain/flux-settings.ts'
import { MODEL_AREA, megapixelSize } from '../../domain/flux-size.ts'
import type { Size } from '../../domain/geometry.ts'
import type { CallContext } from '../../domain/progress.ts'
import { say } from '../../domain/sentences/say.ts'
import { STUDIO_VERSION } from '../../domain/studio-version.ts'
import type { ActivityOfEngine } from './engine-activity.ts'
import type { ForkEngine } from './engine-fork.ts'
import type { EngineLimits } from './engine-limits.ts'
import { EngineProcess } from './engine-process.ts'
import { type InstalledFlux, installedFlux } from './flux-models.ts'
import { fluxPhotos } from './flux-photos.ts'
import { ModelMemory } from './model-memory.ts'

export interface LocalFluxOptions {
  readonly engineEntry: string
  readonly execArgv?: readonly string[]
  readonly fork: ForkEngine
  readonly limits?: Partial<EngineLimits>
  /** The folder that models are installed in, each in a folder of its name. */
  readonly models: string
  readonly aid: GeneratorAid
  /** Pixels that are painted, about; left out, a megapixel. */
  readonly area?: number
  /** What a model may take of the machine's memory; left out, most of what is free. */
  readonly memoryBytes?: number
  /** Shared with other models of this machine; left out, with none. */
  readonly memory?: ModelMemory
}

export interface LocalFlux {
  /** What it is, or why it can do nothing. */
  describe(): Promise<EngineDescription>
  /** The engine, where a model is installed that this machine has the memory for. */
  generators(): Promise<readonly ImageGenerator[]>
  readonly activity: Pick<ActivityOfEngine, 'now' | 'onChanged'>
  /** The model that paints. @throws StudioError `model-missing` */
  models(): Promise<readonly string[]>
  /** Of the process that paints, while one runs. */
  readonly pid: number | undefined
  stop(): Promise<void>
}

/** Its name, as orders have it. */
export const LOCAL_FLUX = 'flux'
/** Changed at most, where a model starts from the photo because it cannot look at one. */
const START_STRENGTH = 0.65

/** FLUX models on this machine, in processes of the role `flux`: one paints, and one reads prompts meanwhile. */
export function createLocalFlux(options: LocalFluxOptions): LocalFlux {
  const { engineEntry, execArgv = [], fork, limits, models, aid, area = MODEL_AREA, memoryBytes } = options
  const createProcess = () =>
    new EngineProcess({
      role: 'flux',
      entry: engineEntry,
      execArgv,
      environment: {},
      fork,
      ...(limits && { limits })
    })
  const engine = createProcess()
  // It opens no weights, and the brief of the next job does not wait until a portrait has been painted.
  const reader = createProcess()
  /** What the process that painted last keeps open. */
  let kept: { readonly pid: number | undefined; readonly bytes: number } = { pid: undefined, bytes: 0 }
  const memory = (options.memory ?? new ModelMemory()).join({
    held: () => (engine.pid !== undefined && engine.pid === kept.pid ? kept.bytes : 0),
    release: () => engine.release()
  })
  const known = new Map<string, FluxModel>()

  async function inspected({ folder }: InstalledFlux, context: CallContext): Promise<FluxModel> {
    const model = known.get(folder) ?? (await engine.call('inspectFlux', { model: folder }, context))
    known.set(folder, model)
    return model
  }

  /** @throws StudioError `model-missing`, `engine-out-of-memory` of one that this machine never has the memory for */
  async function chosen(): Promise<InstalledFlux> {
    const [first] = await installedFlux(models)
    if (!first) {
      throw new StudioError('model-missing', say('error-no-flux'), {
        hint: say('hint-install-flux')
      })
    }
    if (first.bytes <= totalmem()) return first
    throw new StudioError('engine-out-of-memory', say('error-memory-machine', { model: first.id }), {
      hint: say('hint-only-smaller-model')
    })
  }

  async function describe(): Promise<EngineDescription> {
    const about = { engine: LOCAL_FLUX, version: STUDIO_VERSION, kind: 'generative' } as const
    const installed = await chosen().catch(toStudioError)
    if (installed instanceof StudioError) {
      const { message } = installed
      return { ...about, abilities: [], label: say('label-no-painter'), reason: message, unavailable: message }
    }
    try {
      return { ...about, ...describeModel(await inspected(installed, quietly()), installed) }
    } catch (thrown) {
      // What is wrong with one engine must not keep a job from another; a picture of this one says it again.
      return {
        ...about,
        abilities: [],
        label: installed.id,
        reason: `${say('engine-unusable')} ${toStudioError(thrown).message}`
      }
    }
  }

  async function paint(order: PaintRequest, context: CallContext) {
    const painted = await memory.retrying(() => engine.call('paint', order, context), context)
    kept = { pid: engine.pid, bytes: painted.keptBytes }
    return painted
  }

  async function generate(request: GenerateRequest, context: CallContext): Promise<MadePicture> {
    const installed = await chosen()
    const model = await inspected(installed, context)
    const { parameters, brief, seed, longEdge, outputFolder } = request
    const settings = fluxSettingsSchema.parse(brief.settings)
    const profile = DELIVERY_PROFILES[parameters.purpose]
    const size = megapixelSize(profile.aspect, area)
    const strength = settings['img2img.strength'] ?? defaultStrength(model)
    const { references, framed, seen } = await fluxPhotos({ request, model, size, settings, aid }, context)
    const outputPath = join(outputFolder, `painted-${seed}.png`)
    const { 'sampling.steps': steps, 'sampling.guidance': guidance } = settings
    const painted = await paint(
      {
        model: installed.folder,
        prompt: brief.prompt,
        seed,
        size,
        references: [...references],
        ...(strength < 1 && request.references.length > 0 && { start: { path: framed, strength } }),
        ...(steps !== undefined && { steps }),
        ...(guidance !== undefined && { guidance }),
        ...(memoryBytes !== undefined && { memoryBytes }),
        outputPath
      },
      context
    )
    const framedPath = join(outputFolder, `portrait-${seed}-${longEdge}.png`)
    const count = request.references.length
    const unseen = seen < count ? [say('photos-not-all-seen', { seen, count })] : []
    const notes = [...unseen, ...painted.notes]
    return await inFrame(outputPath, framedPath, profileSize(profile, longEdge), notes, context)
  }

  async function finish(request: FinishRequest, context: CallContext): Promise<MadePicture> {
    const { attemptPath, parameters, longEdge, seed, outputFolder } = request
    const size = profileSize(DELIVERY_PROFILES[parameters.purpose], longEdge)
    return await inFrame(
      attemptPath,
      join(outputFolder, `final-${seed}-${longEdge}.png`),
      size,
      enlargedNote(size),
      context
    )
  }

  async function inFrame(
    path: string,
    outputPath: string,
    size: Size,
    notes: string[],
    context: CallContext
  ): Promise<MadePicture> {
    const framed = await aid.frame({ path, size, outputPath }, context)
    return {
      path: outputPath,
      mediaType: 'image/png',
      size: framed,
      sourceDetail: null,
      limitations: [],
      notes
    }
  }

  const promptLength: MeasurePrompt = async (prompt, context) => {
    const { folder: model } = await chosen()
    return await reader.call('measurePrompt', { model, prompt }, context)
  }

  const generator: ImageGenerator = { describe, generate, finish, promptLength }
  return {
    describe,
    async generators() {
      return await chosen().then(
        () => [generator],
        () => []
      )
    },
    activity: engine.activity,
    models: async () => [(await chosen()).id],
    get pid() {
      return engine.pid
    },
    async stop() {
      await Promise.all([engine.stop(), reader.stop()])
    }
  }
}

/** Models that look at photos paint from noise; the others start from the photo, or the person would be nobody. */
function defaultStrength({ mostReferences }: FluxModel): number {
  return mostReferences > 0 ? 1 : START_STRENGTH
}

function describeModel(model: FluxModel, { id }: InstalledFlux) {
  const looks = model.mostReferences > 0
  return {
    label: say('label-painter-here', { model: model.label }),
    abilities: [
      looks
        ? say(model.mostReferences === 1 ? 'can-paint-from-photo' : 'can-paint-from-photos')
        : say('can-paint-over'),
      say('can-change-clothes')
    ],
    reason: say('engine-installed', { id }),
    runsOn: model.runsOn,
    settings: {
      'img2img.strength': defaultStrength(model),
      ...(model.mostReferences > 1 && { 'reference.strength': 0.5 })
    }
  }
}

function enlargedNote(size: Size): string[] {
  const long = Math.max(size.width, size.height)
  return long * long > 2 * MODEL_AREA ? ['Painted at about a megapixel, and enlarged.'] : []
}

function quietly(): CallContext {
  return { signal: new AbortController().signal, onProgress: () => {} }
}

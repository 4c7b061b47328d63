import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DELIVERY_PROFILES, profileSize } from '../../../domain/delivery-profile.ts'
import type {
  EngineDescription,
  FinishRequest,
  GenerateRequest,
  GeneratorAid,
  ImageGenerator,
  MadePicture
} from '../../../domain/engine.ts'
import { toStudioError } from '../../../domain/errors.ts'
import { fluxSettingsSchema } from '../../../domain/flux-settings.ts'
import type { Size } from '../../../domain/geometry.ts'
import type { CallContext } from '../../../domain/progress.ts'
import { say } from '../../../domain/sentences/say.ts'
import { STUDIO_VERSION } from '../../../domain/studio-version.ts'
import type { Log } from '../../logs/log.ts'
import { ActivityOfEngine } from '../engine-activity.ts'
import type { FluxProtocol } from '../probe-server.ts'
import { named, REMOTE_ENGINE, type RemoteServer } from '../remote/remote-server.ts'
import type { FluxOrder } from './flux-order.ts'
import { FluxPool } from './flux-pool.ts'
import type { RemotePicture } from './flux-server.ts'
import { REMOTE_FLUX_LIMITS, type RemoteFluxLimits } from './limits.ts'
import { SEED_LONGEST_EDGE } from './seed-api.ts'

export interface RemoteFluxOptions {
  readonly servers: readonly RemoteServer[]
  readonly aid: Pick<GeneratorAid, 'cropReference' | 'frame'>
  readonly log: Log
  readonly limits?: RemoteFluxLimits
}

export interface RemoteFlux {
  readonly generator: ImageGenerator
  readonly activity: ActivityOfEngine
  stop(): Promise<void>
}

/** Flux works on latents of one sixteenth of the picture's size. */
const STEP = 16
const STEPS = 3
/** A sign of life while a server works on a picture, ms; and how late the next may come. */
const SIGN_MS = 1_000
const WITHIN_MS = 10_000

/** Pictures of the Flux servers that FLUX_SERVER_URL names, brought to the size of the order. */
export function createRemoteFlux({ servers, aid, log, limits = REMOTE_FLUX_LIMITS }: RemoteFluxOptions): RemoteFlux {
  const pool = new FluxPool(servers, limits)
  const activity = new ActivityOfEngine()
  let known: FluxProtocol | undefined

  async function generate(request: GenerateRequest, context: CallContext): Promise<MadePicture> {
    const { signal } = context
    const { outputFolder, parameters, longEdge, seed } = request
    sign(context, 'Preparing the photos', 0)
    const references = await shown(request, context)
    const size = profileSize(DELIVERY_PROFILES[parameters.purpose], longEdge)
    const { bytes, notes } = await whileWaiting(context, asked(orderOf(request, references, size), signal))
    const made = join(outputFolder, `remote-${seed}-${longEdge}`)
    await writeFile(made, bytes).catch((thrown: unknown) => {
      throw toStudioError(thrown)
    })
    return await framed(made, join(outputFolder, `portrait-${seed}-${longEdge}.png`), size, notes, context)
  }

  async function asked(order: FluxOrder, signal: AbortSignal): Promise<RemotePicture> {
    const began = performance.now()
    activity.is('busy')
    try {
      known = await pool.protocol(signal)
      const made = await pool.make(order, `${order.seed}`, signal)
      activity.is('ready')
      const ms = Math.round(performance.now() - began)
      log.info({ ms, size: order.size, references: order.references.length, bytes: made.bytes.length }, 'picture made')
      return made
    } catch (thrown) {
      const error = toStudioError(thrown)
      if (error.code === 'engine-unavailable') activity.is('away', error)
      else activity.is('ready')
      if (error.code !== 'cancelled') log.warn({ err: error }, 'no picture')
      throw error
    }
  }

  async function finish(request: FinishRequest, context: CallContext): Promise<MadePicture> {
    const { attemptPath, parameters, longEdge, outputFolder, seed } = request
    const size = profileSize(DELIVERY_PROFILES[parameters.purpose], longEdge)
    return await framed(attemptPath, join(outputFolder, `final-${seed}-${longEdge}.png`), size, [], context)
  }

  async function shown({ references, outputFolder }: GenerateRequest, context: CallContext): Promise<string[]> {
    const paths: string[] = []
    for (const [index, reference] of references.entries()) {
      const outputPath = join(outputFolder, `shown-${index + 1}.jpg`)
      await aid.cropReference({ reference, longEdge: SEED_LONGEST_EDGE, outputPath }, context)
      paths.push(outputPath)
    }
    return paths
  }

  async function framed(
    path: string,
    outputPath: string,
    size: Size,
    notes: readonly string[],
    context: CallContext
  ): Promise<MadePicture> {
    await aid.frame({ path, size, outputPath }, context)
    return { path: outputPath, mediaType: 'image/png', size, sourceDetail: null, limitations: [], notes: [...notes] }
  }

  return {
    generator: { describe: async () => descriptionOf(servers, known), generate, finish },
    activity,
    stop: () => pool.close()
  }
}

const SEEING = [say('can-paint'), say('can-change-all'), say('can-see')]
/** What a server can do that takes no pictures. */
const BLIND = [say('can-paint-blind')]

function descriptionOf(servers: readonly RemoteServer[], known: FluxProtocol | undefined): EngineDescription {
  const models = known?.kind === 'images' ? known.models.join(', ') : ''
  return {
    engine: REMOTE_ENGINE,
    version: STUDIO_VERSION,
    label: models === '' ? say('label-flux-server') : say('label-flux-server-of', { models }),
    kind: 'generative',
    abilities: known?.kind === 'images' && !known.edits ? BLIND : SEEING,
    reason: say('engine-by-flux-url'),
    runsOn: servers.map(named).join(', ')
  }
}

function orderOf({ brief, seed }: GenerateRequest, references: readonly string[], size: Size): FluxOrder {
  const { 'sampling.steps': steps, 'sampling.guidance': guidance } = fluxSettingsSchema.parse(brief.settings)
  const up = (pixels: number) => Math.ceil(pixels / STEP) * STEP
  return {
    prompt: brief.prompt,
    negativePrompt: brief.negativePrompt,
    references,
    size: { width: up(size.width), height: up(size.height) },
    seed,
    steps,
    guidance
  }
}

function sign({ onProgress }: CallContext, activity: string, done: number): void {
  onProgress({ activity, done, total: STEPS, withinMs: WITHIN_MS })
}

/** A server says nothing until it is done. */
async function whileWaiting<T>(context: CallContext, work: Promise<T>): Promise<T> {
  sign(context, 'The Flux server is at work', 1)
  const signs = setInterval(() => sign(context, 'The Flux server is at work', 1), SIGN_MS)
  try {
    return await work
  } finally {
    clearInterval(signs)
  }
}

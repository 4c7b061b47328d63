import { freemem } from 'node:os'
import { dirname, join } from 'node:path'
import { toStudioError } from '../../../domain/errors.ts'
import type { FluxModel, Painted, PaintRequest } from '../../../domain/flux-painting.ts'
import { megapixelSize } from '../../../domain/flux-size.ts'
import type { Size } from '../../../domain/geometry.ts'
import type { CallContext } from '../../../domain/progress.ts'
import { rgbSamples } from '../decode/rgb-samples.ts'
import { openFluxLayout } from '../layout/flux-layout.ts'
import { gaussianNoise } from '../sampling/gaussian-noise.ts'
import { kleinReferenceFit, kontextReferenceFit, type ReferenceFit } from '../sampling/picture-size.ts'
import { type SampleStep, sample } from '../sampling/sampler.ts'
import { gridOf, tokenCount } from '../sampling/token-grid.ts'
import { decodePicture } from './decode-picture.ts'
import { encodePrompt } from './encode-prompt.ts'
import { FormingPreview } from './forming-preview.ts'
import { runsOn } from './graph-session.ts'
import { type MemoryPlan, planMemory } from './memory-plan.ts'
import { openModel } from './open-model.ts'
import type { OpenParts } from './open-parts.ts'
import { encodePhoto } from './photo-latents.ts'
import { velocityOf } from './predict-velocity.ts'
import { fitPreview, type PreviewProjection } from './preview-projection.ts'
import { StepClock } from './step-clock.ts'
import { pictureBuffer, writePicture, writePreview } from './write-pictures.ts'

/** Share of the free memory that a model may take; the rest is for its activations' peaks and for other programs. */
const SHARE_OF_FREE = 0.9

/** What a folder holds. @throws StudioError `model-missing`, `model-damaged`, `model-unsupported` */
export async function inspectFlux({ model }: { model: string }): Promise<FluxModel> {
  const layout = await openFluxLayout(model)
  const { id, label, steps, guidance, mostReferences } = layout.family
  const { text, transformer, vae } = bytesOf(layout)
  return { family: id, label, bytes: text + transformer + vae, steps, guidance, mostReferences, runsOn: runsOn() }
}

function bytesOf(layout: OpenParts['layout']) {
  const { textEncoder, textEncoder2, transformer, vaeEncoder, vaeDecoder } = layout
  return {
    text: textEncoder.bytes + (textEncoder2?.bytes ?? 0),
    transformer: transformer.bytes,
    vae: vaeEncoder.bytes + vaeDecoder.bytes
  }
}

/** What is tried when memory runs out, one after the other. */
interface Way extends MemoryPlan {
  readonly size: Size
  /** Said to the photographer where it worked. */
  readonly note: string | null
}

function* waysOf(parts: OpenParts, { size, memoryBytes }: PaintRequest): Generator<Way> {
  const budget = memoryBytes ?? SHARE_OF_FREE * freemem()
  const plan = planMemory(bytesOf(parts.layout), size.width * size.height, budget)
  yield { ...plan, size, note: null }
  const light = { keepsAll: false, decodesInTiles: true }
  yield { ...light, size, note: 'Memory was short: the picture was made in parts.' }
  const smaller = megapixelSize(size.width / size.height, (size.width * size.height) / 2)
  yield {
    ...light,
    size: smaller,
    note: `Memory was short: the picture was painted at ${smaller.width} × ${smaller.height} pixels.`
  }
}

/**
 * Paints a picture by a FLUX model. The same request gives the same picture on the same provider.
 *
 * @throws StudioError of the model (`model-missing`, `model-damaged`, `model-unsupported`), of the photos, and
 * `engine-out-of-memory`, `engine-output-invalid`, `parameters-invalid`, `disk-full`, `output-unwritable`, `cancelled`
 */
export async function paint(request: PaintRequest, context: CallContext): Promise<Painted> {
  try {
    const parts = await openModel(request.model)
    let last: unknown
    for (const way of waysOf(parts, request)) {
      try {
        const notes = await paintOnce(parts, request, way, context)
        const { text, transformer, vae } = bytesOf(parts.layout)
        const keptBytes = way.keepsAll ? text + transformer + vae : 0
        return { size: way.size, notes: way.note === null ? notes : [...notes, way.note], keptBytes }
      } catch (thrown) {
        if (toStudioError(thrown).code !== 'engine-out-of-memory') throw thrown
        last = thrown
        await parts.release()
      }
    }
    throw last
  } catch (thrown) {
    throw toStudioError(thrown)
  }
}

async function paintOnce(parts: OpenParts, request: PaintRequest, way: Way, context: CallContext): Promise<string[]> {
  const { family } = parts.layout
  const { signal } = context
  const { size, keepsAll } = way
  const grid = gridOf(size)
  const steps = request.steps ?? family.steps
  const clock = new StepClock(context, steps + 3)
  const notes: string[] = []

  clock.begin('Reading the words')
  const prompt = await encodePrompt(parts, request.prompt, keepsAll)
  if (prompt.isCut) notes.push('The prompt is longer than the model reads; its end was left out.')

  clock.begin('Looking at the photos')
  const fit = family.id === 'flux2-klein' ? kleinReferenceFit : kontextReferenceFit
  const references = []
  for (const path of request.references.slice(0, family.mostReferences)) {
    references.push(await encodePhoto(parts, path, fit, keepsAll, signal))
    signal.throwIfAborted()
  }
  if (request.references.length > family.mostReferences && family.mostReferences > 0) {
    notes.push(`${family.label} looks at ${family.mostReferences} of the ${request.references.length} photos.`)
  }
  const { start } = request
  const exactly = (): ReferenceFit => ({ scaled: size, size })
  const started = start && {
    photo: await encodePhoto(parts, start.path, exactly, keepsAll, signal),
    strength: start.strength
  }
  const seen = references[0] ?? started?.photo
  const projection = seen && fitPreview(seen, family.tokens.channels)
  const previews = new Previews(projection, grid, request.outputPath)

  const guidance = family.guidance === null ? null : (request.guidance ?? family.guidance)
  const order = {
    family,
    grid,
    steps,
    guidance,
    textTokens: prompt.words.dims[1] ?? 0,
    noise: gaussianNoise(request.seed, tokenCount(grid) * family.tokens.channels),
    start: started && { tokens: started.photo.tokens, strength: started.strength },
    references
  }
  clock.begin('Painting')
  const tokens = await parts.with('transformer', keepsAll, (session) =>
    sample(order, velocityOf(session, family, prompt), async (step) => {
      signal.throwIfAborted()
      clock.step('Painting', await previews.show(step))
    })
  )
  clock.begin('Developing the picture')
  const decoded = await decodePicture(parts, tokens, grid, {
    inTiles: way.decodesInTiles,
    keepsAll,
    onTile: () => {
      signal.throwIfAborted()
      clock.alive('Developing the picture')
    }
  })
  signal.throwIfAborted()
  const picture = pictureBuffer(decoded.size)
  rgbSamples(decoded.planes, decoded.size, picture.samples)
  await writePicture(picture, request.outputPath)
  if (!keepsAll) await parts.release()
  return notes
}

/** The picture as it forms, a file for each step. */
class Previews {
  readonly #forming: FormingPreview | undefined
  readonly #grid: ReturnType<typeof gridOf>
  readonly #folder: string

  constructor(projection: PreviewProjection | undefined, grid: ReturnType<typeof gridOf>, outputPath: string) {
    this.#forming = projection && new FormingPreview(projection)
    this.#grid = grid
    this.#folder = dirname(outputPath)
  }

  /** @returns the file; undefined where nothing is known of the model's colours */
  async show(step: SampleStep): Promise<string | undefined> {
    if (!this.#forming) return undefined
    const path = join(this.#folder, `forming-${step.index + 1}.jpg`)
    await writePreview(this.#forming.step(step), this.#grid, path)
    return path
  }
}

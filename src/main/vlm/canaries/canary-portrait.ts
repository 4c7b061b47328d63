import { DELIVERY_PROFILES, profileSize } from '../../../domain/delivery-profile.ts'
import type { Examiner, ImageGenerator, LocalReference, MadePicture } from '../../../domain/engine.ts'
import { StudioError } from '../../../domain/errors.ts'
import { type Judgement, judgementOf } from '../../../domain/judgement.ts'
import type { FlawPlanter } from '../../../domain/judging/planted-flaw.ts'
import { type Parameters, parseParameters } from '../../../domain/parameters/parameters.ts'
import { onlyFace, type PhotoInspection } from '../../../domain/photo.ts'
import type { CallContext } from '../../../domain/progress.ts'
import { writeFirstBrief } from '../../../domain/rules/brief.ts'

/** What makes the pictures and measures whether they are what they are meant to be. */
export interface CanaryEngines {
  readonly examiner: Examiner
  readonly generator: ImageGenerator
  readonly planter: FlawPlanter
  /** Of the portraits, px. */
  readonly longEdge: number
}

export interface CanaryPhoto {
  readonly name: string
  readonly reference: LocalReference
  readonly inspection: PhotoInspection
}

/** What is ordered; all else as the studio orders by default. */
export type CanaryOrder = Partial<Parameters>

const SEED = 1

/**
 * @param path a photo of one person
 * @throws StudioError of the photo, `face-several` where it is not clear who is meant
 */
export async function openCanaryPhoto(
  path: string,
  name: string,
  { examiner }: CanaryEngines,
  context: CallContext
): Promise<CanaryPhoto> {
  const inspection = await examiner.inspect(path, context)
  const face = onlyFace(inspection.faces)
  if (face === null) {
    const code = inspection.faces.length === 0 ? 'face-none' : 'face-several'
    throw new StudioError(
      code,
      `Canaries are made from photos of one person; "${name}" shows ${inspection.faces.length}.`
    )
  }
  return { name, reference: { path, face }, inspection }
}

/** A portrait that passes every measurement. @throws StudioError of the engines; `photo-unsuitable` where none comes of the photo */
export async function soundPortrait(
  { name, reference, inspection }: CanaryPhoto,
  ordered: CanaryOrder,
  engines: CanaryEngines,
  outputFolder: string,
  context: CallContext
): Promise<MadePicture> {
  const parameters = parseParameters(ordered)
  const generator = await engines.generator.describe()
  const profile = DELIVERY_PROFILES[parameters.purpose]
  const references = [reference]
  const brief = writeFirstBrief({ references, inspections: [inspection], parameters, profile, generator })
  const order = { references, parameters, brief, seed: SEED, longEdge: engines.longEdge, outputFolder }
  const made = await engines.generator.generate(order, context)
  const ledger = await measuredAs(made, { ordered, against: reference }, engines, context)
  const failed = ledger.filter(({ outcome }) => outcome === 'failed')
  if (failed.length === 0) return made
  throw new StudioError(
    'photo-unsuitable',
    `No sound portrait comes of "${name}", so nothing can be planted in it: ${failed.map(({ id }) => id).join(', ')}.`
  )
}

/** The ledger of a picture, were it made for an order from a photo. @throws StudioError as `Examiner.measure` */
export async function measuredAs(
  { path, sourceDetail, limitations }: Pick<MadePicture, 'path' | 'sourceDetail' | 'limitations'>,
  { ordered, against }: { readonly ordered: CanaryOrder; readonly against: LocalReference },
  { examiner, longEdge }: CanaryEngines,
  context: CallContext
): Promise<Judgement['ledger']> {
  const parameters = parseParameters(ordered)
  const expectedSize = profileSize(DELIVERY_PROFILES[parameters.purpose], longEdge)
  const request = { references: [against], path, parameters, expectedSize, sourceDetail, limitations }
  return judgementOf(await examiner.measure({ ...request, generatorKind: 'photographic' }, context)).ledger
}

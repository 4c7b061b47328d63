import { join } from 'node:path'
import { DELIVERY_PROFILES, profileSize } from '../../../domain/delivery-profile.ts'
import type { Examiner, ImageGenerator, LocalReference, MadePicture } from '../../../domain/engine.ts'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import { judgementOf } from '../../../domain/judgement.ts'
import type { FlawPlanter, PlantedFlaw } from '../../../domain/judging/planted-flaw.ts'
import type { JudgeQuestion } from '../../../domain/judging/question.ts'
import { questionsFor } from '../../../domain/judging/question-catalogue.ts'
import { type Parameters, parseParameters } from '../../../domain/parameters/parameters.ts'
import { WORKING_LONG_EDGE } from '../../../domain/parameters/resolution.ts'
import { onlyFace, type PhotoInspection } from '../../../domain/photo.ts'
import type { CallContext } from '../../../domain/progress.ts'
import { writeFirstBrief } from '../../../domain/rules/brief.ts'
import type { CanaryPicture, KnownQuestion } from './canary.ts'

/** What makes the pictures and measures whether they are what they are meant to be. */
export interface CanaryEngines {
  readonly examiner: Examiner
  readonly generator: ImageGenerator
  readonly planter: FlawPlanter
}

/** Places that nobody takes for one another. */
const PLACES = ['forest', 'studio_grey'] as const
/** What nobody wears in front of a photographer. */
const NEVER_WORN = 'a medieval suit of plate armour'
const SEED = 1

export interface CanaryPhoto {
  readonly name: string
  readonly reference: LocalReference
  readonly inspection: PhotoInspection
}

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

/**
 * Pictures made from one photo whose truth is known: two sound portraits on two places, each asked for its own place and
 * for the other's; both spoilt in one way each; the photo itself, unedited; and somebody else's photo beside them.
 * @param others photos that may show somebody else; what is measured decides
 * @throws StudioError of the engines; `photo-unsuitable` where no sound portrait comes of the photo
 */
export async function plantCanaries(
  photo: CanaryPhoto,
  others: readonly CanaryPhoto[],
  engines: CanaryEngines,
  folder: string,
  context: CallContext
): Promise<CanaryPicture[]> {
  const pictures: CanaryPicture[] = []
  const { name, reference, inspection } = photo
  const canary = (path: string, known: readonly KnownQuestion[], against = reference): CanaryPicture => ({
    photo: name,
    path,
    references: [against],
    known
  })
  const asking = (change: Partial<Parameters>, id: JudgeQuestion['id'], truth: KnownQuestion['truth']) =>
    questionsFor({ parameters: parseParameters(change), limitations: [], inspections: [inspection] })
      .filter((question) => question.id === id)
      .map((question) => ({ question, truth }))
  /** The first of the others that the portrait does not show, as measured. */
  const somebodyElse = async (made: MadePicture, background: string) => {
    for (const other of others) {
      const ledger = await measured(made.path, made, other.reference, background, engines, context)
      if (ledger.some(({ id, outcome }) => id === 'identity' && outcome === 'failed')) return other.reference
    }
    return null
  }
  for (const [index, background] of PLACES.entries()) {
    const elsewhere = PLACES[1 - index] ?? background
    const made = await portraitOf(photo, background, engines, join(folder, background), context)
    pictures.push(
      canary(made.path, [
        ...asking({ background }, 'vlm:background', 'sound'),
        ...asking({ background: elsewhere }, 'vlm:background', 'flawed'),
        ...asking({}, 'vlm:face', 'sound'),
        ...asking({}, 'vlm:artefacts', 'sound'),
        ...asking({}, 'vlm:same-person', 'sound'),
        ...asking({ attire: 'as_photographed' }, 'vlm:attire', 'sound'),
        ...asking({ attire: NEVER_WORN }, 'vlm:attire', 'flawed')
      ])
    )
    const other = await somebodyElse(made, background)
    if (other) pictures.push(canary(made.path, asking({}, 'vlm:same-person', 'flawed'), other))
    const spoilt = async (flaw: PlantedFlaw, change: Partial<Parameters>, id: JudgeQuestion['id']) => {
      const outputPath = join(folder, `${background}-${flaw}.png`)
      try {
        await engines.planter.plant({ path: made.path, flaw, outputPath }, context)
      } catch (thrown) {
        // A portrait without clothes in it is sound for everything else.
        if (toStudioError(thrown).code === 'photo-unsuitable') return
        throw thrown
      }
      pictures.push(canary(outputPath, asking(change, id, 'flawed')))
    }
    await spoilt('out-of-focus', {}, 'vlm:artefacts')
    await spoilt('twisted-face', {}, 'vlm:face')
    await spoilt('other-clothes', { attire: 'as_photographed' }, 'vlm:attire')
    const unedited = await measured(reference.path, made, reference, background, engines, context)
    if (unedited.some(({ id, outcome }) => id === 'background-match' && outcome === 'failed')) {
      pictures.push(canary(reference.path, asking({ background }, 'vlm:background', 'flawed')))
    }
  }
  return pictures
}

/** A portrait that passes every measurement. */
async function portraitOf(
  { name, reference, inspection }: CanaryPhoto,
  background: string,
  engines: CanaryEngines,
  outputFolder: string,
  context: CallContext
): Promise<MadePicture> {
  const parameters = parseParameters({ background })
  const generator = await engines.generator.describe()
  const profile = DELIVERY_PROFILES[parameters.purpose]
  const references = [reference]
  const brief = writeFirstBrief({ references, inspections: [inspection], parameters, profile, generator })
  const order = { references, parameters, brief, seed: SEED, longEdge: WORKING_LONG_EDGE, outputFolder }
  const made = await engines.generator.generate(order, context)
  const failed = (await measured(made.path, made, reference, background, engines, context)).filter(
    ({ outcome }) => outcome === 'failed'
  )
  if (failed.length === 0) return made
  throw new StudioError(
    'photo-unsuitable',
    `No sound portrait comes of "${name}", so nothing can be planted in it: ${failed.map(({ id }) => id).join(', ')}.`
  )
}

async function measured(
  path: string,
  { sourceDetail, limitations }: MadePicture,
  reference: LocalReference,
  background: string,
  { examiner }: CanaryEngines,
  context: CallContext
) {
  const parameters = parseParameters({ background })
  const expectedSize = profileSize(DELIVERY_PROFILES[parameters.purpose], WORKING_LONG_EDGE)
  const request = { references: [reference], path, parameters, expectedSize, sourceDetail, limitations }
  return judgementOf(await examiner.measure({ ...request, generatorKind: 'photographic' }, context)).ledger
}

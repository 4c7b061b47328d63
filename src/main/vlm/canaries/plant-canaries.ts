import { join } from 'node:path'
import type { MadePicture } from '../../../domain/engine.ts'
import { toStudioError } from '../../../domain/errors.ts'
import { PLANTED_FLAWS, type PlantedFlaw } from '../../../domain/judging/planted-flaw.ts'
import { questionsFor } from '../../../domain/judging/question-catalogue.ts'
import { parseParameters } from '../../../domain/parameters/parameters.ts'
import type { CallContext } from '../../../domain/progress.ts'
import type { CanaryPicture, KnownQuestion } from './canary.ts'
import { type CanaryEngines, type CanaryOrder, type CanaryPhoto, measuredAs, soundPortrait } from './canary-portrait.ts'
import { type PlainTruth, SPOILT } from './spoilt-portraits.ts'

/** Places that nobody takes for one another. */
const PLACES = ['forest', 'studio_grey'] as const
/** Plain light backdrops, which a passport-like portrait needs. */
const PLAIN_LIGHT = ['white', 'light_grey'] as const
/** What nobody wears in front of a photographer. */
const NEVER_WORN = 'a medieval suit of plate armour'

/** Vibes that go with one expression each, and how sure the reading of the face has to be that it is that or is not. */
const LOOKS = ['friendly', 'authoritative'] as const
const SURE = 0.9

/**
 * Pictures made from one photo whose truth is known: two sound portraits on two places, both spoilt in each way there is,
 * two more for a purpose that is told by its backdrop; the photo itself, unedited; and somebody else's photo beside them.
 * Hands are not among them: nothing here finds a hand, so none can be spoilt.
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
  const planting = new Planting(photo, engines, folder, context)
  for (const [index, background] of PLACES.entries()) {
    await planting.onPlace(background, PLACES[1 - index] ?? background, others)
  }
  for (const background of PLAIN_LIGHT) await planting.forPassport(background)
  return planting.pictures
}

class Planting {
  readonly pictures: CanaryPicture[] = []
  readonly #photo: CanaryPhoto
  readonly #engines: CanaryEngines
  readonly #folder: string
  readonly #context: CallContext

  constructor(photo: CanaryPhoto, engines: CanaryEngines, folder: string, context: CallContext) {
    this.#photo = photo
    this.#engines = engines
    this.#folder = folder
    this.#context = context
  }

  async onPlace(background: string, elsewhere: string, others: readonly CanaryPhoto[]): Promise<void> {
    const made = await this.#made({ background }, background)
    const looks = await this.#looksOf(made, background)
    this.#add(made.path, [
      { ordered: { background }, id: 'vlm:background', truth: 'sound' },
      { ordered: { background: elsewhere }, id: 'vlm:background', truth: 'flawed' },
      { ordered: {}, id: 'vlm:face', truth: 'sound' },
      { ordered: {}, id: 'vlm:artefacts', truth: 'sound' },
      { ordered: {}, id: 'vlm:same-person', truth: 'sound' },
      { ordered: { attire: 'as_photographed' }, id: 'vlm:attire', truth: 'sound' },
      { ordered: { attire: NEVER_WORN }, id: 'vlm:attire', truth: 'flawed' },
      ...looks,
      // Somebody whose face plainly reads as happy or at rest makes no grimace.
      ...looks.slice(0, 1).map((): PlainTruth => ({ ordered: {}, id: 'vlm:expression', truth: 'sound' })),
      ...(await this.#unfitForPassport(made, background))
    ])
    await this.#besideSomebodyElse(made, background, others)
    for (const flaw of PLANTED_FLAWS) await this.#spoilt(made, background, flaw, looks)
    await this.#unedited(made, background)
  }

  async forPassport(background: string): Promise<void> {
    const ordered: CanaryOrder = { background, purpose: 'passport_like' }
    try {
      const { path } = await this.#made(ordered, `passport-${background}`)
      this.#add(path, [{ ordered, id: 'vlm:purpose', truth: 'sound' }])
    } catch (thrown) {
      // A photo cropped too closely for that serves for everything else.
      if (toStudioError(thrown).code !== 'photo-unsuitable') throw thrown
    }
  }

  #made(ordered: CanaryOrder, name: string): Promise<MadePicture> {
    return soundPortrait(this.#photo, ordered, this.#engines, join(this.#folder, name), this.#context)
  }

  #add(path: string, truths: readonly PlainTruth[], against = this.#photo.reference): void {
    const { name, inspection } = this.#photo
    const known = truths.flatMap(({ ordered, id, truth }): KnownQuestion[] =>
      questionsFor({ parameters: parseParameters(ordered), limitations: [], inspections: [inspection] })
        .filter((question) => question.id === id)
        .map((question) => ({ question, truth }))
    )
    if (known.length > 0) this.pictures.push({ photo: name, path, references: [against], known })
  }

  #measured(made: MadePicture, ordered: CanaryOrder, path = made.path, against = this.#photo.reference) {
    return measuredAs({ ...made, path }, { ordered, against }, this.#engines, this.#context)
  }

  /** Vibes that the face is plainly of and those that it plainly is not, as measured. */
  async #looksOf(made: MadePicture, background: string): Promise<PlainTruth[]> {
    const truths: PlainTruth[] = []
    for (const vibe of LOOKS) {
      const ledger = await this.#measured(made, { background, vibe })
      const value = ledger.find(({ id }) => id === 'expression')?.value ?? null
      if (value === null || (value < SURE && value > 1 - SURE)) continue
      truths.push({ ordered: { vibe }, id: 'vlm:vibe', truth: value >= SURE ? 'sound' : 'flawed' })
    }
    return truths.some(({ truth }) => truth === 'sound') ? truths : []
  }

  async #unfitForPassport(made: MadePicture, background: string): Promise<PlainTruth[]> {
    const ordered: CanaryOrder = { background, purpose: 'passport_like' }
    const isUnfit = failed(await this.#measured(made, ordered), 'background-match')
    return isUnfit ? [{ ordered, id: 'vlm:purpose', truth: 'flawed' }] : []
  }

  /** The first of the others that the portrait does not show, as measured. */
  async #besideSomebodyElse(made: MadePicture, background: string, others: readonly CanaryPhoto[]): Promise<void> {
    for (const { reference } of others) {
      if (!failed(await this.#measured(made, { background }, made.path, reference), 'identity')) continue
      this.#add(made.path, [{ ordered: {}, id: 'vlm:same-person', truth: 'flawed' }], reference)
      return
    }
  }

  async #spoilt(made: MadePicture, name: string, flaw: PlantedFlaw, looks: readonly PlainTruth[]): Promise<void> {
    const outputPath = join(this.#folder, `${name}-${flaw}.png`)
    try {
      await this.#engines.planter.plant({ path: made.path, flaw, outputPath }, this.#context)
    } catch (thrown) {
      // A portrait without clothes in it is sound for everything else.
      if (toStudioError(thrown).code === 'photo-unsuitable') return
      throw thrown
    }
    // A grimace is the look of no order, so each question that was right of the face is wrong now.
    const lost = flaw === 'grimace' ? looks.filter(({ truth }) => truth === 'sound') : []
    this.#add(outputPath, [...SPOILT[flaw], ...lost.map((each): PlainTruth => ({ ...each, truth: 'flawed' }))])
  }

  async #unedited(made: MadePicture, background: string): Promise<void> {
    const { path } = this.#photo.reference
    if (!failed(await this.#measured(made, { background }, path), 'background-match')) return
    this.#add(path, [{ ordered: { background }, id: 'vlm:background', truth: 'flawed' }])
  }
}

function failed(ledger: Awaited<ReturnType<typeof measuredAs>>, id: string): boolean {
  return ledger.some((row) => row.id === id && row.outcome === 'failed')
}

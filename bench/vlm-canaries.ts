import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ChatModel } from '../src/domain/chat-model.ts'
import type { LocalReference } from '../src/domain/engine.ts'
import type { JudgeCalibration } from '../src/domain/judging/calibration.ts'
import { WORKING_LONG_EDGE } from '../src/domain/parameters/resolution.ts'
import type { CallContext } from '../src/domain/progress.ts'
import { createBuiltInEngine } from '../src/main/engines/builtin-engine.ts'
import { processesFromSources } from '../src/main/testing/real-studio.fixture.ts'
import { calibrateJudge } from '../src/main/vlm/canaries/calibrate-judge.ts'
import type { CanaryPicture } from '../src/main/vlm/canaries/canary.ts'
import { type CanaryPhoto, openCanaryPhoto } from '../src/main/vlm/canaries/canary-portrait.ts'
import { plantCanaries } from '../src/main/vlm/canaries/plant-canaries.ts'

export interface Canaries {
  /** How often a model errs on them, as `apex-studio judge calibrate` counts. */
  rates(model: ChatModel, context: CallContext): Promise<JudgeCalibration>
  /** They show people: nothing of them stays. */
  remove(): Promise<void>
}

/** Pictures of known truth, made by the built-in engine from photos of these people, each by themselves. */
export async function makeCanaries(people: readonly LocalReference[], context: CallContext): Promise<Canaries> {
  const folder = await mkdtemp(join(tmpdir(), 'apex-bench-canaries-'))
  const builtIn = createBuiltInEngine({
    ...processesFromSources(),
    resources: fileURLToPath(new URL('../resources', import.meta.url))
  })
  const { examiner, generator, canaries: planter } = builtIn
  const engines = { examiner, generator, planter, longEdge: WORKING_LONG_EDGE }
  try {
    const alone = async (reference: LocalReference, index: number): Promise<string> => {
      if (reference.face === null) return reference.path
      const outputPath = join(folder, `person-${index}.jpg`)
      await builtIn.aid.cropReference({ reference, longEdge: WORKING_LONG_EDGE, outputPath }, context)
      return outputPath
    }
    const photos: CanaryPhoto[] = []
    for (const [index, person] of people.entries()) {
      const path = await alone(person, index)
      photos.push(await openCanaryPhoto(path, basename(path), engines, context))
    }
    const pictures: CanaryPicture[] = []
    for (const [index, photo] of photos.entries()) {
      const others = photos.filter((other) => other !== photo)
      pictures.push(...(await plantCanaries(photo, others, engines, join(folder, `${index}`), context)))
    }
    return {
      rates: (model, asking) => calibrateJudge(model, pictures, asking),
      remove: () => rm(folder, { recursive: true, force: true })
    }
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true })
    throw thrown
  } finally {
    await builtIn.stop()
  }
}

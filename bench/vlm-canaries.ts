import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ChatModel } from '../src/domain/chat-model.ts'
import type { JudgeCalibration } from '../src/domain/judging/calibration.ts'
import type { CallContext } from '../src/domain/progress.ts'
import { createBuiltInEngine } from '../src/main/engines/builtin-engine.ts'
import { processesFromSources } from '../src/main/testing/real-studio.fixture.ts'
import { calibrateJudge } from '../src/main/vlm/canaries/calibrate-judge.ts'
import type { CanaryPicture } from '../src/main/vlm/canaries/canary.ts'
import { openCanaryPhoto } from '../src/main/vlm/canaries/canary-portrait.ts'
import { plantCanaries } from '../src/main/vlm/canaries/plant-canaries.ts'

export interface Canaries {
  /** How often a model errs on them, as `apex-studio judge calibrate` counts. */
  rates(model: ChatModel, context: CallContext): Promise<JudgeCalibration>
  /** They show people: nothing of them stays. */
  remove(): Promise<void>
}

/** Pictures of known truth, made from photos of one person each by the built-in engine. */
export async function makeCanaries(paths: readonly string[], context: CallContext): Promise<Canaries> {
  const folder = await mkdtemp(join(tmpdir(), 'apex-bench-canaries-'))
  const builtIn = createBuiltInEngine({
    ...processesFromSources(),
    resources: fileURLToPath(new URL('../resources', import.meta.url))
  })
  const engines = { examiner: builtIn.examiner, generator: builtIn.generator, planter: builtIn.canaries }
  try {
    const photos = await Promise.all(paths.map((path) => openCanaryPhoto(path, basename(path), engines, context)))
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

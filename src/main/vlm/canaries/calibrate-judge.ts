import type { ChatModel } from '../../../domain/chat-model.ts'
import type { CriterionId } from '../../../domain/criterion.ts'
import { StudioError } from '../../../domain/errors.ts'
import { type Canary, calibrateCriterion, type JudgeCalibration } from '../../../domain/judging/calibration.ts'
import { judgeKey } from '../../../domain/judging/judge-key.ts'
import { QUESTION_CATALOGUE_VERSION } from '../../../domain/judging/question-catalogue.ts'
import type { CallContext } from '../../../domain/progress.ts'
import { readPicture } from '../judge.ts'
import type { CanaryPicture } from './canary.ts'

/**
 * Asks the judge about pictures whose truth is known, and counts where it is wrong.
 * @throws StudioError `photo-unsuitable` without any picture, and as `ChatModel.ask`
 */
export async function calibrateJudge(
  model: ChatModel,
  pictures: readonly CanaryPicture[],
  context: CallContext
): Promise<JudgeCalibration> {
  if (pictures.length === 0) throw new StudioError('photo-unsuitable', 'There is no canary to try the judge on.')
  const canaries = new Map<CriterionId, Canary[]>()
  for (const { photo, known, ...scene } of pictures) {
    context.signal.throwIfAborted()
    const truths = new Map(known.map(({ question, truth }) => [question, truth]))
    for (const { question, reading } of await readPicture(model, scene, [...truths.keys()], context)) {
      const truth = truths.get(question)
      if (truth) canaries.set(question.id, [...(canaries.get(question.id) ?? []), { photo, truth, reading }])
    }
  }
  const { engine, version } = await model.describe()
  const judge = { engine, version }
  return {
    _id: judgeKey(judge),
    judge,
    catalogue: QUESTION_CATALOGUE_VERSION,
    photos: new Set(pictures.map(({ photo }) => photo)).size,
    measuredAt: new Date(),
    criteria: [...canaries].map(([id, of]) => calibrateCriterion(id, of))
  }
}

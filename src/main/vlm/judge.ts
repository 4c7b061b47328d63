import type { ChatModel } from '../../domain/chat-model.ts'
import type { Criterion } from '../../domain/criterion.ts'
import type { EngineIdentity, VlmJudgeRequest } from '../../domain/engine.ts'
import type { JudgeCalibration } from '../../domain/judging/calibration.ts'
import { judgedRow } from '../../domain/judging/ledger-row.ts'
import type { JudgeQuestion, Shown } from '../../domain/judging/question.ts'
import { questionsFor } from '../../domain/judging/question-catalogue.ts'
import type { Reading } from '../../domain/judging/reading.ts'
import type { CallContext } from '../../domain/progress.ts'
import { askBothWays } from './ask.ts'
import { OF_ONE_PORTRAIT, OF_PHOTO_AND_PORTRAIT } from './judge-instructions.ts'

/** What is known of how far a judge can be trusted; null for one that was never calibrated. */
export type CalibrationOf = (judge: EngineIdentity) => Promise<JudgeCalibration | null>

export interface ReadQuestion {
  readonly question: JudgeQuestion
  readonly reading: Reading
}

/** A picture, and the photos it was made from. */
type JudgedScene = Pick<VlmJudgeRequest, 'references' | 'path'>

/** The pictures of one question, and what is said before it. */
function scene(shown: Shown, { references, path }: JudgedScene): { instructions: string; pictures: string[] } {
  switch (shown) {
    case 'portrait':
      return { instructions: OF_ONE_PORTRAIT, pictures: [path] }
    case 'reference-and-portrait':
      return {
        instructions: OF_PHOTO_AND_PORTRAIT,
        pictures: [...references.slice(0, 1).map((reference) => reference.path), path]
      }
  }
}

/**
 * What the model makes of each question before any threshold: both phrasings of all questions about the same pictures
 * in one request, so that an engine that can looks at the pictures once.
 */
export async function readPicture(
  model: ChatModel,
  judged: JudgedScene,
  questions: readonly JudgeQuestion[],
  context: CallContext
): Promise<ReadQuestion[]> {
  const read = new Map<JudgeQuestion, Reading>()
  for (const shown of ['portrait', 'reference-and-portrait'] as const) {
    const asked = questions.filter((question) => question.shown === shown)
    if (asked.length === 0) continue
    const readings = await askBothWays(model, scene(shown, judged), asked, context)
    for (const [index, reading] of readings.entries()) {
      const question = asked[index]
      if (question) read.set(question, reading)
    }
  }
  return questions.flatMap((question) => {
    const reading = read.get(question)
    return reading ? [{ question, reading }] : []
  })
}

/**
 * The rows of the ledger that a model adds to what was measured, each with how far it can be trusted.
 * @throws StudioError as `ChatModel.ask`
 */
export async function judgePicture(
  model: ChatModel,
  request: VlmJudgeRequest,
  context: CallContext,
  calibrationOf: CalibrationOf
): Promise<Criterion[]> {
  const { engine, version } = await model.describe()
  const judge = { engine, version }
  const calibration = await calibrationOf(judge)
  const read = await readPicture(model, request, questionsFor(request), context)
  return read.map(({ question, reading }) => judgedRow(question, reading, { judge, calibration }))
}

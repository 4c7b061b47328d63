import type { ChatModel, YesNoAnswer, YesNoRequest } from '../../domain/chat-model.ts'
import { StudioError } from '../../domain/errors.ts'
import type { JudgeQuestion } from '../../domain/judging/question.ts'
import { type Reading, readAnswers } from '../../domain/judging/reading.ts'
import type { CallContext } from '../../domain/progress.ts'

/**
 * One answer to each question, also where the model was given them by an engine that counts differently.
 * @throws StudioError `engine-output-invalid`, and as `ChatModel.ask`
 */
export async function askAll(model: ChatModel, request: YesNoRequest, context: CallContext): Promise<YesNoAnswer[]> {
  const answers = await model.ask(request, context)
  if (answers.length === request.questions.length) return answers
  throw new StudioError(
    'engine-output-invalid',
    `The judge was asked ${request.questions.length} questions and gave ${answers.length} answers.`
  )
}

/** A question put both ways round. */
type Phrasings = Pick<JudgeQuestion, 'positive' | 'negated'>

/**
 * What the model makes of each question, both phrasings of all of them in one request.
 * @throws StudioError as `askAll`
 */
export async function askBothWays(
  model: ChatModel,
  scene: Omit<YesNoRequest, 'questions'>,
  asked: readonly Phrasings[],
  context: CallContext
): Promise<Reading[]> {
  const questions = asked.flatMap(({ positive, negated }) => [positive, negated])
  const answers = await askAll(model, { ...scene, questions }, context)
  return asked.flatMap((_, index) => {
    const [positive, negated] = answers.slice(2 * index)
    return positive && negated ? [readAnswers(positive, negated)] : []
  })
}

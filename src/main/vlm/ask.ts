import type { ChatModel, YesNoAnswer, YesNoRequest } from '../../domain/chat-model.ts'
import { StudioError } from '../../domain/errors.ts'
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

import type { ChatModel, YesNoAnswer, YesNoRequest } from '../../domain/chat-model.ts'
import { DELIVERY_PROFILES } from '../../domain/delivery-profile.ts'
import type { VlmJudgeRequest } from '../../domain/engine.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import { EMPTY_BRIEF, engine } from '../../domain/rules/sample-job.fixture.ts'

export const quietContext = { signal: new AbortController().signal, onProgress: () => {} }

export interface ScriptedModel extends ChatModel {
  /** What it was asked, oldest first. */
  readonly asked: readonly YesNoRequest[]
}

/** Answers each question about pictures as it is told to. */
export function scriptedModel(answer: (question: string, pictures: readonly string[]) => YesNoAnswer): ScriptedModel {
  const asked: YesNoRequest[] = []
  return {
    asked,
    describe: async () => engine('language-model', 'remote'),
    complete: () => Promise.reject(new Error('nobody asked for this')),
    async ask(request) {
      asked.push(request)
      return request.questions.map((question) => answer(question, request.pictures))
    }
  }
}

export function judgeRequest(change: Partial<VlmJudgeRequest> = {}): VlmJudgeRequest {
  const parameters = parseParameters({})
  return {
    references: [{ path: 'photo.jpg', face: null }],
    inspections: [],
    parameters,
    profile: DELIVERY_PROFILES[parameters.purpose],
    generator: engine('generative'),
    path: 'attempt.png',
    brief: EMPTY_BRIEF,
    limitations: [],
    ...change
  }
}

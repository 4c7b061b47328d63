import type { ChatModel } from '../../domain/chat-model.ts'
import type { VisionLanguageModel } from '../../domain/engine.ts'
import { type CalibrationOf, judgePicture } from './judge.ts'
import { preferPicture } from './prefer.ts'
import type { PromptTemplates } from './prompt-templates.ts'
import { tune } from './tune-brief.ts'
import { writeBrief } from './write-brief.ts'
import { writeModelReport } from './write-model-report.ts'

export interface ModelVlmOptions {
  readonly model: ChatModel
  readonly prompts: PromptTemplates
  readonly calibrationOf: CalibrationOf
}

/** The studio's vision-language model over any model that chats, here or on a server. */
export function createModelVlm({ model, prompts, calibrationOf }: ModelVlmOptions): VisionLanguageModel {
  const writer = { model, prompts }
  return {
    describe: () => model.describe(),
    writeBrief: (request, context) => writeBrief(writer, request, context),
    judge: (request, context) => judgePicture(model, request, context, calibrationOf),
    prefer: (request, context) => preferPicture(model, request, context),
    tune: (request, context) => tune(writer, request, context),
    report: (job, context) => writeModelReport(writer, job, context)
  }
}

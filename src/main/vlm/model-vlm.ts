import type { ChatModel } from '../../domain/chat-model.ts'
import type { VisionLanguageModel } from '../../domain/engine.ts'
import { writeFirstBrief } from '../../domain/rules/brief.ts'
import { writeReport } from '../../domain/rules/report.ts'
import { tuneBrief } from '../../domain/rules/tune.ts'
import { judgePicture } from './judge.ts'

/** The studio's vision-language model over any model that chats, here or on a server. */
export function createModelVlm(model: ChatModel): VisionLanguageModel {
  return {
    describe: () => model.describe(),
    writeBrief: async (request) => writeFirstBrief(request),
    judge: (request, context) => judgePicture(model, request, context),
    tune: async (request) => tuneBrief(request),
    report: async (job) => writeReport(job)
  }
}

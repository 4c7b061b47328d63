import type { ChatModel } from '../../domain/chat-model.ts'
import type { VisionLanguageModel } from '../../domain/engine.ts'
import { writeFirstBrief } from '../../domain/rules/brief.ts'
import { writeReport } from '../../domain/rules/report.ts'
import { tuneBrief } from '../../domain/rules/tune.ts'
import { type CalibrationOf, judgePicture } from './judge.ts'
import { preferPicture } from './prefer.ts'

/** The studio's vision-language model over any model that chats, here or on a server. */
export function createModelVlm(model: ChatModel, calibrationOf: CalibrationOf): VisionLanguageModel {
  return {
    describe: () => model.describe(),
    writeBrief: async (request) => writeFirstBrief(request),
    judge: (request, context) => judgePicture(model, request, context, calibrationOf),
    prefer: (request, context) => preferPicture(model, request, context),
    tune: async (request) => tuneBrief(request),
    report: async (job) => writeReport(job)
  }
}

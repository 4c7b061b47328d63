import { askYesNo } from '../vlm/ask.ts'
import { completeChat } from '../vlm/complete.ts'
import { openModel } from '../vlm/open-model.ts'
import type { EngineHandlers } from './engine-handlers.ts'

/** A vision-language model, which stays open until the process ends. */
export const vlmHandlers: EngineHandlers = {
  load: async ({ model }, context) => ({ runsOn: (await openModel(model, context)).runsOn }),
  complete: async ({ model, request }, context) => completeChat(await openModel(model, context), request, context),
  ask: async ({ model, request }, context) => askYesNo(await openModel(model, context), request, context)
}

import type { ChatModel } from '../../domain/chat-model.ts'
import type { Criterion } from '../../domain/criterion.ts'
import type { VlmJudgeRequest } from '../../domain/engine.ts'
import type { CallContext } from '../../domain/progress.ts'
import { unjudged } from '../../domain/rules/unjudged.ts'

/** The rows of the ledger that a model adds to what was measured. */
export async function judgePicture(
  _model: ChatModel,
  request: VlmJudgeRequest,
  _context: CallContext
): Promise<Criterion[]> {
  return unjudged(request)
}

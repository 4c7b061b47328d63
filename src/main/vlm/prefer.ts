import type { ChatModel } from '../../domain/chat-model.ts'
import type { PreferRequest } from '../../domain/engine.ts'
import { isViewable } from '../../domain/judgement.ts'
import {
  PAIR_QUESTIONS,
  type PairAnswers,
  type Preference,
  preferredByScore,
  preferredByVeto,
  preferredInBothOrders
} from '../../domain/judging/preference.ts'
import type { CallContext } from '../../domain/progress.ts'
import { askAll } from './ask.ts'
import { OF_TWO_PORTRAITS } from './judge-instructions.ts'

const QUESTIONS = [PAIR_QUESTIONS.first, PAIR_QUESTIONS.second]

/**
 * The better of two attempts: by the measurements that no liking outweighs, else by the model shown both orders, else,
 * where its answer depends on the order, by the score.
 * @throws StudioError as `ChatModel.ask`
 */
export async function preferPicture(
  model: ChatModel,
  { champion, challenger }: PreferRequest,
  context: CallContext
): Promise<Preference> {
  const measured = preferredByVeto(champion.judgement, challenger.judgement)
  if (measured) return measured
  const byScore = preferredByScore(champion.judgement, challenger.judgement)
  // Neither is more of a picture than the other, so both are none.
  if (!isViewable(challenger.judgement.ledger)) return byScore
  const ask = async (...pictures: string[]): Promise<PairAnswers> => {
    const request = { instructions: OF_TWO_PORTRAITS, pictures, questions: QUESTIONS }
    const [first, second] = await askAll(model, request, context)
    return { first: first ?? SILENCE, second: second ?? SILENCE }
  }
  const forward = await ask(champion.path, challenger.path)
  const backward = await ask(challenger.path, champion.path)
  return preferredInBothOrders(forward, backward) ?? byScore
}

const SILENCE = { yes: 0, no: 0 }

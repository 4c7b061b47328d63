import type { YesNoAnswer } from '../../domain/chat-model.ts'
import type { OpenModel } from './open-model.ts'
import { tokensOf } from './prompt.ts'

/** The first tokens of yes and of no, in every case and with or without a blank before them. */
export interface YesNoTokens {
  readonly yes: ReadonlySet<number>
  readonly no: ReadonlySet<number>
}

export function yesNoTokens(model: OpenModel): YesNoTokens {
  const written = (word: string) => [word, word.toLowerCase(), word.toUpperCase()].flatMap((form) => [form, ` ${form}`])
  const tokens = (word: string) =>
    new Set(
      written(word).flatMap((form) => {
        const [first, ...rest] = tokensOf(model, form)
        // A word in pieces begins like many others.
        return first !== undefined && rest.length === 0 ? [first] : []
      })
    )
  return { yes: tokens('Yes'), no: tokens('No') }
}

/** What yes and no weigh together in all their forms. */
export function yesNoOf(logProbabilities: Float32Array, tokens: YesNoTokens): YesNoAnswer {
  const chance = (of: ReadonlySet<number>) =>
    Math.min(
      1,
      [...of].reduce((sum, token) => sum + Math.exp(logProbabilities[token] ?? Number.NEGATIVE_INFINITY), 0)
    )
  return { yes: chance(tokens.yes), no: chance(tokens.no) }
}

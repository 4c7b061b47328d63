import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChatModel } from '../../domain/chat-model.ts'
import type { CallContext } from '../../domain/progress.ts'

/** A model, and what is known of it. */
export interface ChatModelUnderTest {
  readonly model: ChatModel
  /** Two picture files on this machine's disk. */
  readonly pictures: { readonly first: string; readonly second: string }
  /** Questions that the model answers with yes about one picture and with no about the other. */
  readonly questions: { readonly yesForFirst: string; readonly yesForSecond: string }
  close(): Promise<void>
}

const context = (): CallContext => ({ signal: new AbortController().signal, onProgress: () => {} })
const user = (text: string, pictures: string[] = []) => ({ role: 'user' as const, text, pictures })

/** What every model that chats does, wherever it runs. */
export function chatModelContract(name: string, open: () => Promise<ChatModelUnderTest>): void {
  describe(name, () => {
    let test: ChatModelUnderTest
    beforeAll(async () => {
      test = await open()
    }, 60_000)
    afterAll(() => test.close(), 60_000)

    it('says what it is', async () => {
      expect(await test.model.describe()).toMatchObject({ kind: 'language-model', version: expect.stringMatching(/./) })
    })

    it('answers each question for itself, by what is in the picture', async () => {
      const { pictures, questions, model } = test
      const asked = [questions.yesForFirst, questions.yesForSecond, questions.yesForFirst]
      const ask = (picture: string) =>
        model.ask({ instructions: 'Answer yes or no.', pictures: [picture], questions: asked }, context())
      const [first, second] = [await ask(pictures.first), await ask(pictures.second)]
      const says = (answers: typeof first) => answers.map(({ yes, no }) => yes > no)
      expect(says(first)).toEqual([true, false, true])
      expect(says(second)).toEqual([false, true, false])
      for (const { yes, no } of [...first, ...second]) {
        expect(yes + no).toBeGreaterThan(0.5)
        expect(yes + no).toBeLessThanOrEqual(1.000001)
      }
    })

    it('answers the same again', async () => {
      const { pictures, questions, model } = test
      const request = { instructions: 'Answer.', pictures: [pictures.first], questions: Object.values(questions) }
      const [once, again] = [await model.ask(request, context()), await model.ask(request, context())]
      for (const [index, { yes }] of once.entries()) expect(again[index]?.yes).toBeCloseTo(yes, 5)
    })

    it('takes two pictures at once', async () => {
      const { pictures, questions, model } = test
      const both = [pictures.first, pictures.second]
      const answers = await model.ask(
        { instructions: 'Answer.', pictures: both, questions: [questions.yesForFirst] },
        context()
      )
      expect(answers).toHaveLength(1)
    })

    it('writes, and tells how far it is', async () => {
      const done: number[] = []
      const answer = await test.model.complete(
        { messages: [user('Describe the picture.', [test.pictures.first])], maxTokens: 64 },
        { ...context(), onProgress: (progress) => done.push(progress.done) }
      )
      expect(answer.text.trim()).not.toBe('')
      expect(answer.tokens.completion).toBeGreaterThan(0)
      expect(done.length).toBeGreaterThan(0)
      expect(done).toEqual([...done].sort((a, b) => a - b))
    })

    it('stops at the number of tokens it is given, and says that it did', async () => {
      const answer = await test.model.complete({ messages: [user('Tell a long story.')], maxTokens: 2 }, context())
      expect(answer.finish).toBe('length')
      expect(answer.tokens.completion).toBeLessThanOrEqual(2)
    })

    it('says that a picture is missing', async () => {
      const gone = `${test.pictures.first}.gone`
      const request = { instructions: 'Answer.', pictures: [gone], questions: ['Is it there?'] }
      await expect(test.model.ask(request, context())).rejects.toMatchObject({ code: 'file-missing' })
    })

    it('does nothing once it is cancelled', async () => {
      const cancelled = { ...context(), signal: AbortSignal.abort() }
      const request = { messages: [user('Hello.')], maxTokens: 8 }
      await expect(test.model.complete(request, cancelled)).rejects.toMatchObject({ code: 'cancelled' })
    })
  })
}

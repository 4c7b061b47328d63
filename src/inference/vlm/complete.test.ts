import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Progress } from '../../domain/progress.ts'
import { completeChat } from './complete.ts'
import { closeModel, type OpenModel, openModel } from './open-model.ts'
import { tinyModelFolder } from './tiny-model.fixture.ts'
import { DynamicCache } from './transformers.ts'

const PHOTO = resolve('node_modules/@vladmandic/face-api/demo/sample1.jpg')
const context = { signal: new AbortController().signal, onProgress: () => {} }

let folder: string
let model: OpenModel

beforeAll(async () => {
  folder = await tinyModelFolder()
  model = await openModel({ folder, memoryShare: 1 }, context)
})

afterAll(async () => {
  await closeModel()
  await rm(folder, { recursive: true, force: true })
})

const asking = (text: string, maxTokens = 40, pictures: string[] = []) => ({
  messages: [
    { role: 'system' as const, text: 'You help a photographer.', pictures: [] },
    { role: 'user' as const, text, pictures }
  ],
  maxTokens,
  temperature: 0
})

describe('completeChat', () => {
  it('writes what the prompt asks for, about a picture and without one', async () => {
    const said = async (text: string, pictures?: string[]) =>
      (await completeChat(model, asking(text, 40, pictures), context)).text
    expect(await said('Write a brief, in the city.', [PHOTO])).toBe('{"prompt":"A portrait in the city"}')
    expect(await said('Write a brief, in an office.')).toBe('{"prompt":"A portrait in an office"}')
    expect(await said('Write a brief.', [PHOTO, PHOTO])).toBe('{"prompt":"A portrait in a studio"}')
  })

  it('tells the text as it grows, and how it ended', async () => {
    const seen: Progress[] = []
    const answer = await completeChat(model, asking('Write a brief.'), {
      ...context,
      onProgress: (it) => seen.push(it)
    })
    expect(answer).toMatchObject({ finish: 'stop', tokens: { completion: 5 } })
    expect(answer.tokens.prompt).toBeGreaterThan(10)
    const texts = seen.filter(({ activity }) => activity === 'Writing').map(({ text = '' }) => text)
    expect(texts).toHaveLength(5)
    for (const [at, text] of texts.entries()) expect(texts[at + 1] ?? answer.text).toContain(text)
  })

  it('stops at the most tokens it may write', async () => {
    const answer = await completeChat(model, asking('Go on forever', 7), context)
    expect(answer).toMatchObject({ finish: 'length', tokens: { completion: 7 }, text: 'on and again on and again on ' })
  })

  it('stops between two tokens when it is told to', async () => {
    const stop = new AbortController()
    let tokens = 0
    const onProgress = ({ activity, done }: Progress) => {
      if (activity === 'Writing') tokens = done
      if (tokens === 5) stop.abort()
    }
    const writing = completeChat(model, asking('Go on forever', 4000), { signal: stop.signal, onProgress })
    await expect(writing).rejects.toMatchObject({ name: 'AbortError' })
    expect(tokens).toBe(5)
  })

  it('tells the likeliest tokens at each place, whose probabilities are those of one whole', async () => {
    const answer = await completeChat(model, { ...asking('Is it nice?', 1), likeliest: 8 }, context)
    const [first] = answer.chances ?? []
    const chances = first?.likeliest.map(({ logprob }) => Math.exp(logprob)) ?? []
    expect(chances).toHaveLength(8)
    expect(chances).toEqual([...chances].sort((a, b) => b - a))
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeLessThanOrEqual(1.0001)
    expect(first?.likeliest.map(({ token }) => token)).toContain(first?.token)
  })

  it('says the same to the same seed, however warm', async () => {
    const warm = { ...asking('Is it nice?', 1), temperature: 1.5, seed: 7 }
    const once = await completeChat(model, warm, context)
    expect(await completeChat(model, warm, context)).toEqual(once)
  })

  it('refuses a prompt that leaves no room for the answer', async () => {
    await expect(completeChat(model, asking('Write a brief.', 16_384), context)).rejects.toMatchObject({
      code: 'request-invalid'
    })
  })

  it('looks at no picture that leaves no room for the answer', async () => {
    const forward = vi.spyOn(model.model, 'forward')
    model.kept.forget()
    const tooLong = completeChat(model, asking('Write a brief.', 16_384, [PHOTO]), context)
    await expect(tooLong).rejects.toMatchObject({ code: 'request-invalid' })
    expect(forward).not.toHaveBeenCalled()
    forward.mockRestore()
  })

  it('gives back what it read of a picture when reading on fails', async () => {
    const givenBack = vi.spyOn(DynamicCache.prototype, 'dispose')
    await completeChat(model, asking('Write a brief.', 4, [PHOTO]), context)
    const usual = givenBack.mock.calls.length
    givenBack.mockClear()
    // The picture is still known: the first step is to read on.
    const forward = vi.spyOn(model.model, 'forward').mockRejectedValueOnce(new Error('The device was lost.'))
    await expect(completeChat(model, asking('Write a brief.', 4, [PHOTO]), context)).rejects.toThrow('lost')
    expect([usual, givenBack.mock.calls.length]).toEqual([2, 1])
    forward.mockRestore()
    givenBack.mockRestore()
  })
})

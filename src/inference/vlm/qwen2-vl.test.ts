import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { buildTinyVlm } from '../../../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { QWEN2_VL_LAYOUT } from '../../../scripts/models/tiny-vlm/qwen2-vl-layout.ts'
import { TINY_MODEL } from '../../../scripts/models/tiny-vlm/sample-tiny-vlm.ts'
import { sharp } from '../pixels/sharp.ts'
import { askYesNo } from './ask.ts'
import { completeChat } from './complete.ts'
import { closeModel, type OpenModel, openModel } from './open-model.ts'

const context = { signal: new AbortController().signal, onProgress: () => {} }
const INSTRUCTIONS = 'You judge a portrait. Answer Yes or No.'

let folder: string
let model: OpenModel
const pictures = { light: '#eeeeee', dark: '#202020', red: '#e01010' }
const pathOf = (name: keyof typeof pictures) => join(folder, `${name}.png`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-qwen-'))
  await buildTinyVlm(folder, TINY_MODEL, QWEN2_VL_LAYOUT)
  for (const [name, background] of Object.entries(pictures)) {
    // Six tokens across and eight down, of 28 pixels each.
    await sharp({ create: { width: 6 * 28, height: 8 * 28, channels: 3, background } })
      .png()
      .toFile(join(folder, `${name}.png`))
  }
  model = await openModel({ folder, memoryShare: 1 }, context)
})
afterAll(async () => {
  await closeModel()
  await rm(folder, { recursive: true, force: true })
})

const ask = (picture: keyof typeof pictures, ...questions: string[]) =>
  askYesNo(model, { instructions: INSTRUCTIONS, pictures: [pathOf(picture)], questions }, context)

const feedsSchema = z.object({
  position_ids: z.object({
    dims: z.array(z.number()),
    data: z.instanceof(BigInt64Array)
  })
})

/** The positions that the decoder was given in each of its runs, as [time, row, column] of each token; and the runs of the eye. */
async function watching(work: () => Promise<unknown>) {
  const eye = vi.spyOn(model.model.sessions.vision_encoder, 'run')
  const decoder = vi.spyOn(model.model.sessions.decoder_model_merged, 'run')
  await work()
  const runs = decoder.mock.calls.map(([feeds]) => {
    const { dims, data } = feedsSchema.parse(feeds).position_ids
    const length = dims.at(-1) ?? 0
    return Array.from({ length }, (_, at) => [0, 1, 2].map((axis) => Number(data[axis * length + at])))
  })
  const looks = eye.mock.calls.length
  eye.mockRestore()
  decoder.mockRestore()
  return { runs, looks }
}

describe('a model in the layout of Qwen2-VL', () => {
  it('answers by the picture and by the question', async () => {
    const says = (answers: Awaited<ReturnType<typeof ask>>) => answers.map(({ yes, no }) => yes > no)
    expect(says(await ask('light', 'Is it bright?', 'Is it not bright?'))).toEqual([true, false])
    expect(says(await ask('dark', 'Is it bright?', 'Is it not bright?'))).toEqual([false, true])
    expect(says(await ask('red', 'Is it red?'))).toEqual([true])
  })

  it('looks once for all questions, which follow the picture at the positions that the paper gives them', async () => {
    model.kept.forget()
    const questions = ['Is it bright?', 'Is it red?', 'Is it nice?']
    const { runs, looks } = await watching(() => ask('light', ...questions))
    expect(looks).toBe(1)
    expect(runs).toHaveLength(2 + questions.length)
    const [prefix = [], shared = [], ...own] = runs
    const words = prefix.findIndex(([time], at) => time !== at)
    const [rows, columns] = [8, 6]
    // Up to the second place of the picture, whose first has all three alike.
    const before = words - 1
    // Words count on in all three; a picture stays at one time, and counts rows and columns from there on.
    // Source: M-RoPE, Qwen2-VL, https://arxiv.org/abs/2409.12191, section 2.1, figure 3
    const picture = Array.from({ length: rows * columns }, (_, at) => [
      before,
      before + Math.floor(at / columns),
      before + (at % columns)
    ])
    const counted = (from: number, length: number) => Array.from({ length }, (_, at) => [0, 1, 2].map(() => from + at))
    expect(prefix).toEqual([...counted(0, before), ...picture])
    // What follows begins after the largest of them.
    const after = before + Math.max(rows, columns)
    expect(shared).toEqual(counted(after, shared.length))
    for (const run of own) expect(run).toEqual(counted(after + shared.length, run.length))
  })

  it('gives a question the probability that it has when all is read at once', async () => {
    const text = `${INSTRUCTIONS}\n\nIs it bright?`
    const messages = [{ role: 'user' as const, text, pictures: [pathOf('red')] }]
    const chat = () => completeChat(model, { messages, maxTokens: 1, temperature: 0, likeliest: 20 }, context)
    const [asked] = await ask('red', 'Is it bright?')
    const kept = await chat()
    expect(kept.tokens.cached).toBeGreaterThan(48)
    model.kept.forget()
    const { chances } = await chat()
    expect(kept.chances).toEqual(chances)
    const yes = chances?.[0]?.likeliest.filter(({ token }) => token.trim().toLowerCase() === 'yes') ?? []
    expect(yes.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0)).toBeCloseTo(asked?.yes ?? -1, 5)
  })

  it('writes on from the picture, at positions that go on', async () => {
    const messages = [{ role: 'user' as const, text: 'Write a brief, in the city.', pictures: [pathOf('light')] }]
    let text = ''
    const { runs } = await watching(async () => {
      text = (await completeChat(model, { messages, maxTokens: 20, temperature: 0 }, context)).text
    })
    expect(text).toBe('{"prompt":"A portrait in the city"}')
    const [, rest = [], ...tokens] = runs
    const last = rest.at(-1)?.[0] ?? 0
    expect(tokens).toEqual(tokens.map((_, at) => [[1, 1, 1].map((one) => last + one + at)]))
  })

  it('takes one picture, so that two are laid side by side', async () => {
    const both = {
      instructions: INSTRUCTIONS,
      pictures: [pathOf('light'), pathOf('dark')],
      questions: ['Is it bright?']
    }
    const [answer] = await askYesNo(model, both, context)
    // Halfway between: the mean of both is little above the limit.
    expect(answer?.yes).toBeGreaterThan(0.05)
    expect(answer?.yes).toBeLessThan(0.95)
  })
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildTinyVlm } from '../../../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { TINY_MODEL } from '../../../scripts/models/tiny-vlm/sample-tiny-vlm.ts'
import type { Progress } from '../../domain/progress.ts'
import { type Pixel, writePng } from '../jobs/plain-png.fixture.ts'
import { chatModelContract } from './chat-model.contract.ts'
import { createLocalVlm, type LocalVlmOptions } from './local-vlm.ts'
import { ModelMemory } from './model-memory.ts'
import { forkNodeChild } from './node-fork.ts'

let folder: string
const models = () => join(folder, 'models')

const create = (options: Partial<LocalVlmOptions> = {}) =>
  createLocalVlm({
    engineEntry: fileURLToPath(new URL('../../inference/process.ts', import.meta.url)),
    execArgv: ['--import', 'tsx'],
    fork: forkNodeChild,
    modelsFolder: models(),
    memoryShare: 1,
    ...options
  })

async function plain(name: string, pixel: Pixel): Promise<string> {
  const path = join(folder, name)
  await writePng(path, pixel, 96)
  return path
}

const calling = (seen: Progress[] = [], signal = new AbortController().signal) => ({
  signal,
  onProgress: (progress: Progress) => seen.push(progress)
})

const asking = (text: string, maxTokens = 40) => ({
  messages: [{ role: 'user' as const, text, pictures: [] }],
  maxTokens
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-local-vlm-'))
  const tiny = {
    ...TINY_MODEL,
    answers: [
      ...TINY_MODEL.answers,
      { when: 'Describe', parts: ['A plain', ' surface.'] },
      { when: 'story', parts: ['Once ', 'upon ', 'a time.'] }
    ]
  }
  await buildTinyVlm(join(models(), 'tiny'), tiny)
  await buildTinyVlm(join(models(), 'larger'), {
    ...tiny,
    sights: [...tiny.sights, { word: 'blue', colour: 'blue', from: 0.5 }]
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

chatModelContract('the model on this machine, in its process', async () => {
  const model = create({ model: 'tiny' })
  const pictures = { first: await plain('light.png', [240, 240, 240]), second: await plain('dark.png', [16, 16, 16]) }
  const questions = { yesForFirst: 'Is it bright?', yesForSecond: 'Is it not bright?' }
  return { model, pictures, questions, close: () => model.stop() }
})

describe('the model on this machine', () => {
  it('runs in a process that is called so, and says what it runs on once it does', async () => {
    const model = create({ model: 'tiny' })
    try {
      expect(await model.describe()).toMatchObject({ engine: 'local', version: 'tiny', label: 'tiny on this machine' })
      expect(model.activity.now.state).toBe('idle')
      const seen: Progress[] = []
      const answer = await model.complete(asking('Write a brief, in the city.'), calling(seen))
      expect(answer.text).toBe('{"prompt":"A portrait in the city"}')
      expect(seen.map(({ activity }) => activity)).toContain('Opening the vision-language model')
      expect(seen.at(-1)).toMatchObject({ activity: 'Writing' })
      expect((await model.describe()).runsOn).toMatch(/^onnxruntime .*fp32/)
      await model.release()
      expect(model.activity.now.state).toBe('idle')
      expect((await model.describe()).runsOn).toBeUndefined()
      expect((await model.complete(asking('Write a brief.'), calling())).text).toContain('a studio')
    } finally {
      await model.stop()
    }
  })

  it('stops an answer without an end between two tokens, and lives', async () => {
    const model = create({ model: 'tiny' })
    try {
      const stop = new AbortController()
      const onProgress = ({ activity }: Progress) => activity === 'Writing' && stop.abort()
      const writing = model.complete(asking('Go on forever', 8000), { signal: stop.signal, onProgress })
      await expect(writing).rejects.toMatchObject({ code: 'cancelled' })
      expect(model.activity.now.state).toBe('ready')
    } finally {
      await model.stop()
    }
  })

  it('takes the largest that fits, and says so where none does', async () => {
    const version = async (freeMemory: number) => (await create({ freeMemory: () => freeMemory }).describe()).version
    expect(await version(64 * 1024 ** 3)).toBe('larger')
    const none = create({ freeMemory: () => 1024 ** 2 })
    expect((await none.describe()).unavailable).toContain('of memory')
    await expect(none.complete(asking('Write a brief.'), calling())).rejects.toMatchObject({
      code: 'engine-out-of-memory'
    })
    await none.stop()
  })

  it('has another model give its memory back where too little is left', async () => {
    const GIB = 1024 ** 3
    const memory = new ModelMemory()
    let [held, asked] = [8 * GIB, 0]
    memory.join({
      held: () => held,
      release: async () => {
        held = 0
        asked++
      }
    })
    const model = create({ memory, freeMemory: () => 8.1 * GIB - held })
    try {
      expect(await model.describe()).not.toHaveProperty('unavailable')
      expect((await model.complete(asking('Write a brief.'), calling())).text).toContain('a studio')
      expect((await model.complete(asking('Write a brief.'), calling())).text).toContain('a studio')
      expect([asked, held]).toEqual([1, 0])
    } finally {
      await model.stop()
    }
  })

  it('takes a folder anywhere, and names one that is not there', async () => {
    expect(await create({ model: join(models(), 'tiny'), modelsFolder: folder }).describe()).toMatchObject({
      version: 'tiny'
    })
    const gone = create({ model: 'gone' })
    expect((await gone.describe()).unavailable).toContain('"gone"')
    await expect(gone.load(calling())).rejects.toMatchObject({ code: 'model-missing' })
    await gone.stop()
  })
})

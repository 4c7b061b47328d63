import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { imageSize } from 'image-size'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { EngineSet, GenerateRequest } from '../../domain/engine.ts'
import type { Job } from '../../domain/job.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import { openReducer, openRemoteModel, smallPhotos } from '../engines/remote-vlm/open-remote-model.fixture.ts'
import { testEngines } from '../jobs/test-engines.fixture.ts'
import { openTestStudio, type TestStudio } from '../jobs/test-studio.fixture.ts'
import { type AskedChat, type ChatServer, openChatServer, type Reply } from '../testing/chat-server.fixture.ts'
import { createModelVlm } from './model-vlm.ts'
import { PromptTemplates } from './prompt-templates.ts'

const RESOURCES = fileURLToPath(new URL('../../../resources', import.meta.url))
const reducer = openReducer()
let photos: Awaited<ReturnType<typeof smallPhotos>>
let folder = ''
let studio: TestStudio
const opened: { close(): Promise<void> }[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-main-job-'))
  photos = await smallPhotos(reducer)
  studio = await openTestStudio()
}, 60_000)
afterEach(async () => {
  await studio.stopManagers()
  await Promise.all(opened.splice(0).map((each) => each.close()))
})
afterAll(async () => {
  await studio.close()
  await reducer.stop()
  await photos.remove()
  await rm(folder, { recursive: true, force: true })
})

const ORDER = parseParameters({ attire: 'business_formal', background: 'white', lighting: 'soft', resolution: '1k' })
const BRIEF =
  'Change the clothes to business formal attire, a dark tailored suit, and replace the background with plain white. Light the person with soft window light from one side, slow fall-off across the face, in a neutral mood. Keep the face, hair and skin exactly as in the photo, with a confident, composed expression. A professional LinkedIn profile portrait, high detail, 85 mm lens at eye level.'
const SENTENCE = 'The whole background is plain white paper, nothing else.'

const isQuestion = ({ max_tokens }: AskedChat) => max_tokens <= 4
const shapeOf = ({ pictures }: AskedChat) => {
  const { width, height } = imageSize(pictures.at(-1) ?? Buffer.alloc(0))
  return width > height ? 'wide' : 'square'
}
const NEGATED =
  /unsuitable|something other|other than|another|two different|missing|deformed|a malformed|strained|show blur/

/**
 * A model that finds only square pictures to have the background ordered, and writes what it is asked for. Its answers
 * follow from the question and the picture alone.
 */
function carefulModel(chat: AskedChat): Reply {
  if (isQuestion(chat)) {
    const isRight = !chat.text.includes('background') || shapeOf(chat) === 'square'
    return isRight === NEGATED.test(chat.text) ? { yes: 0.06, no: 0.9 } : { yes: 0.9, no: 0.06 }
  }
  if (chat.system.includes('edits a reference photo')) return JSON.stringify({ person: [], prompt: BRIEF })
  if (chat.system.includes('You correct prompts')) {
    return JSON.stringify({ repairs: [{ criterion: 'vlm:background', words: SENTENCE }] })
  }
  const numbers = [...chat.text.matchAll(/^Attempt (\d+), (passed|did not pass)$/gm)]
  const failed = numbers.filter(([, , verdict]) => verdict !== 'passed')
  const last = numbers.at(-1)?.[2] === 'passed'
  return JSON.stringify({
    summary: last ? 'The last attempt has the background that was ordered.' : 'No attempt has the white background.',
    summaryCriteria: ['vlm:background'],
    attempts: numbers.map(([, number, verdict]) => ({
      attempt: Number(number),
      criteria: ['vlm:background'],
      analysis: verdict === 'passed' ? 'The background is white.' : 'The background is not the white one ordered.'
    })),
    rootCauses: last
      ? []
      : failed.slice(0, 1).map(() => ({ criteria: ['vlm:background'], cause: 'It was not white.' })),
    recommendations: last ? [] : [{ criteria: ['vlm:background'], advice: 'Choose another engine.' }]
  })
}

/** Engines whose pictures are files of these, one for each attempt, and a model on a server that is this script. */
async function open(pictures: readonly ('wide' | 'square')[], script: (chat: AskedChat) => Reply) {
  const server: ChatServer = await openChatServer({ script })
  const model = openRemoteModel({
    url: server.url,
    reducer,
    limits: { breaker: { failures: 10, restMs: 20 } }
  })
  opened.push(model, server)
  const asked: GenerateRequest[] = []
  const paint = async (request: GenerateRequest) => {
    asked.push(request)
    const path = join(request.outputFolder, 'picture.jpg')
    const shape = pictures[Math.min(asked.length, pictures.length) - 1] ?? 'wide'
    await copyFile(photos[shape], path)
    const size = { width: request.longEdge, height: request.longEdge }
    return { path, mediaType: 'image/jpeg', size, sourceDetail: null, limitations: [], notes: [] }
  }
  const engines = testEngines({ sharpness: [1] })
  const set: EngineSet = {
    examiner: {
      ...engines.examiner,
      measure: async () => [
        {
          id: 'sharpness',
          question: 'Is the face sharp?',
          source: 'measured',
          outcome: 'passed',
          value: 80,
          unit: '%',
          band: { min: 50 },
          score: 0.9,
          regions: [],
          measuredBy: { engine: 'test-examiner', version: '1' }
        }
      ]
    },
    generator: {
      describe: async () => ({ ...(await engines.generator.describe()), label: 'a painter like FLUX.2 klein' }),
      generate: paint,
      finish: async (request) => ({ ...(await paint(request)), ...(await finishedAs(request.attemptPath, request)) })
    },
    vlm: createModelVlm({
      model,
      prompts: new PromptTemplates({ resources: RESOURCES, dataFolder: folder }),
      calibrationOf: async () => null
    })
  }
  return { set, server, asked }
}

async function finishedAs(attemptPath: string, { outputFolder }: GenerateRequest) {
  const path = join(outputFolder, 'finished.jpg')
  await copyFile(attemptPath, path)
  return { path }
}

async function run(set: EngineSet, maxAttempts = 3): Promise<Job> {
  const manager = studio.manager(set)
  await manager.start()
  const reference = await studio.newJob()
  const artifact = await studio.artifacts.putFile(photos.wide)
  const { _id } = await manager.submit({
    ...reference,
    references: [{ artifact: artifact.id, name: 'anna.jpg', bytes: artifact.bytes, face: null, inspection: null }],
    parameters: ORDER,
    maxAttempts
  })
  return await manager.wait(_id)
}

it('runs the main job with the model’s brief, judgement, repair and report', async () => {
  const { set, asked, server } = await open(['wide', 'square'], carefulModel)
  const job = await run(set)
  expect(job).toMatchObject({ status: 'completed', final: { attempt: 2 }, setbacks: [], waiting: null })
  const [first, second] = job.attempts
  expect(first?.brief.prompt).toBe(BRIEF)
  const failed = first?.judgement?.ledger.filter(({ outcome }) => outcome === 'failed')
  expect(failed?.map(({ id }) => id)).toEqual(['vlm:background'])
  expect(new Set(first?.judgement?.ledger.map(({ source }) => source))).toEqual(new Set(['measured', 'vlm']))
  expect(second?.brief.prompt).toBe(`${BRIEF} ${SENTENCE}`)
  expect(second?.brief.repairs).toMatchObject([{ criterion: 'vlm:background', setting: 'prompt', to: SENTENCE }])
  expect(asked.map(({ brief }) => brief.prompt).slice(0, 2)).toEqual([BRIEF, `${BRIEF} ${SENTENCE}`])
  expect(job.report).toMatchObject({
    summary: 'The last attempt has the background that was ordered.',
    writtenBy: { engine: 'remote', version: 'test/model' }
  })
  expect(server.load.connections).toBeLessThanOrEqual(8)
})

it('ends without a final where nothing mends it, and the model says why', async () => {
  const { set } = await open(['wide'], carefulModel)
  const job = await run(set, 2)
  expect(job).toMatchObject({ status: 'failed', final: null, error: null })
  expect(job.attempts).toHaveLength(2)
  expect(job.report).toMatchObject({
    summary: 'No attempt has the white background.',
    rootCauses: [{ criteria: ['vlm:background'], cause: 'It was not white.' }],
    writtenBy: { engine: 'remote' }
  })
})

it('costs no attempt when the server stays away for a while, whatever the step', async () => {
  let asked = 0
  // For longer than one request is sent again: before the brief, and while the first picture is judged.
  const isAway = () => asked <= 5 || (asked > 12 && asked <= 30)
  const { set } = await open(['wide', 'square'], (chat) => {
    asked += 1
    return isAway() ? { fault: 'status', status: 503 } : carefulModel(chat)
  })
  const job = await run(set)
  expect(job).toMatchObject({ status: 'completed', final: { attempt: 2 }, setbacks: [], waiting: null })
  expect(job.attempts).toHaveLength(2)
})

it('passes nothing of a model that says yes to everything', async () => {
  const { set } = await open(['square'], (chat) => (isQuestion(chat) ? { yes: 0.95, no: 0.02 } : carefulModel(chat)))
  const job = await run(set, 1)
  expect(job).toMatchObject({ status: 'failed', final: null })
  const judged = job.attempts[0]?.judgement?.ledger.filter(({ source }) => source === 'vlm') ?? []
  expect(judged.length).toBeGreaterThan(5)
  expect(judged.filter(({ outcome }) => outcome === 'passed')).toEqual([])
})

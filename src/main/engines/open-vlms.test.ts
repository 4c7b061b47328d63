import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTinyVlm } from '../../../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { TINY_MODEL } from '../../../scripts/models/tiny-vlm/sample-tiny-vlm.ts'
import { engine } from '../../domain/rules/sample-job.fixture.ts'
import { readEnvironment } from '../environment.ts'
import { openChatServer } from '../testing/chat-server.fixture.ts'
import { PromptTemplates } from '../vlm/prompt-templates.ts'
import { createEngineChooser } from './choose.ts'
import { ModelMemory } from './model-memory.ts'
import { forkNodeChild } from './node-fork.ts'
import { type OpenVlms, openVlms } from './open-vlms.ts'
import { openReducer } from './remote-vlm/open-remote-model.fixture.ts'

const RESOURCES = fileURLToPath(new URL('../../../resources', import.meta.url))
const reducer = openReducer()
let dataFolder = ''
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'apex-vlms-'))
})
afterAll(async () => {
  await reducer.stop()
  await rm(dataFolder, { recursive: true, force: true })
})

const open = (variables: Record<string, string>) =>
  openVlms({
    environment: readEnvironment({ variables }),
    dataFolder,
    reducer,
    processes: {
      engineEntry: fileURLToPath(new URL('../../inference/process.ts', import.meta.url)),
      execArgv: ['--import', 'tsx'],
      fork: forkNodeChild
    },
    calibrationOf: async () => null,
    prompts: new PromptTemplates({ resources: RESOURCES, dataFolder }),
    memory: new ModelMemory()
  })

async function chosenOf(vlms: OpenVlms['vlms']) {
  const there = { describe: async () => engine('photographic'), generate: unused, finish: unused }
  const examiner = { ...there, inspect: unused, measure: unused, preview: unused }
  const choose = createEngineChooser({ examiner, generators: async () => [there], vlms })
  return await (await choose(null, null, null)).vlm.describe()
}

const unused = () => Promise.reject(new Error('nobody asked for this'))

it('has the rules where no server is named and no model installed, and says what is missing', async () => {
  const { vlms, isElsewhere } = await open({})
  expect(await Promise.all(vlms.map((vlm) => vlm.describe()))).toMatchObject([
    { engine: 'local', unavailable: expect.stringContaining('No vision-language model is installed') },
    { engine: 'rules' }
  ])
  expect(await chosenOf(vlms)).toMatchObject({ engine: 'rules' })
  expect(isElsewhere).toBe(false)
})

it('prefers the model on this machine as soon as it is installed', async () => {
  const { vlms, close } = await open({})
  const folder = join(dataFolder, 'models', 'tiny')
  await buildTinyVlm(folder, TINY_MODEL)
  expect(await chosenOf(vlms)).toMatchObject({ engine: 'local', version: 'tiny' })
  await rm(folder, { recursive: true })
  expect(await chosenOf(vlms)).toMatchObject({ engine: 'rules' })
  await close()
})

it('prefers the model on the server, asks it how it is, and lets an order choose the rules', async () => {
  const server = await openChatServer({ script: () => 'Hello.', models: ['a/b'], apiKey: 'k3y-of-the-server' })
  const { vlms, engines, close } = await open({ VLLM_SERVER_URL: server.url, VLLM_API_KEY: 'k3y-of-the-server' })
  try {
    const generator = { describe: () => engines.at(-1)?.describe() ?? unused(), generate: unused, finish: unused }
    const examiner = { ...generator, inspect: unused, measure: unused, preview: unused }
    const choose = createEngineChooser({ examiner, generators: async () => [generator], vlms })
    expect(await (await choose(null, null, null)).vlm.describe()).toMatchObject({ engine: 'remote' })
    expect(await (await choose(null, null, 'rules')).vlm.describe()).toMatchObject({ engine: 'rules' })
    expect(await engines[0]?.describe()).toMatchObject({ engine: 'remote', version: 'a/b', kind: 'language-model' })
    expect(engines[0]?.activity?.now.state).toBe('ready')
  } finally {
    await close()
    await server.close()
  }
})

it('says that the server is away, where that is asked for, and in its log without the key', async () => {
  const server = await openChatServer({ script: () => 'Hello.', apiKey: 'another' })
  const { vlms, engines, close } = await open({ VLLM_SERVER_URL: server.url, VLLM_API_KEY: 'k3y-of-the-server' })
  expect(await vlms[0]?.describe()).toMatchObject({ engine: 'remote' })
  await expect(engines[0]?.describe()).rejects.toMatchObject({ code: 'engine-unavailable' })
  expect(engines[0]?.activity?.now).toMatchObject({ state: 'away', error: { code: 'engine-unavailable' } })
  await close()
  await server.close()
  const log = await readFile(join(dataFolder, 'logs', 'vllm.log'), 'utf8')
  expect(log).toContain('does not let the studio in')
  expect(log).not.toContain('k3y')
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgeKey } from '../../domain/judging/judge-key.ts'
import { type ChatServer, openChatServer } from '../testing/chat-server.fixture.ts'
import { openTestApi, type TestApi } from './studio-api.fixture.ts'

const JUDGE = { engine: 'remote', version: 'some/judge' }

let folder = ''
let server: ChatServer
let test: TestApi
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-prompts-'))
  server = await openChatServer({ script: () => '', models: [JUDGE.version] })
  test = await openTestApi(folder, { VLLM_SERVER_URL: server.url })
})
afterAll(async () => {
  await test.close()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

describe('prompt templates over the studio contract', () => {
  it('are listed with their words, saved, used and reset', async () => {
    const { prompts } = await test.client.call('prompts.list', {})
    expect(prompts.map(({ name }) => name)).toContain('report')
    const { text } = prompts.find(({ name }) => name === 'report') ?? { text: '' }
    const own = text.replace('Write the report.', 'Write it in one breath.')
    expect(await test.client.call('prompts.save', { name: 'report', text: own })).toMatchObject({
      text: own,
      isOwn: true,
      fault: null,
      builtIn: { text }
    })
    const values = { order: '-', attempts: '-', ledger: '-' }
    expect((await test.studio.prompts.fill('report', values)).text).toContain('one breath')
    expect(await test.client.call('prompts.reset', { name: 'report' })).toMatchObject({ text, isOwn: false })
    expect((await test.studio.prompts.fill('report', values)).text).not.toContain('one breath')
  })

  it('are refused with a reason where nothing could be filled in, and stay as they were', async () => {
    const { prompts } = await test.client.call('prompts.list', {})
    const { text } = prompts.find(({ name }) => name === 'tune') ?? { text: '' }
    const broken = text.replace('{{failed}}', '{{failures}}')
    await expect(test.client.call('prompts.save', { name: 'tune', text: broken })).rejects.toMatchObject({
      code: 'prompt-invalid',
      hint: expect.stringContaining('{{failed}}')
    })
    expect(await test.client.call('prompts.list', {})).toEqual({ prompts })
  })
})

it('judges are listed with what their calibration found, and without where nobody tried them', async () => {
  expect((await test.client.call('judges.list', {})).judges).toMatchObject([{ ...JUDGE, calibration: null }])
  const calibration = {
    _id: judgeKey(JUDGE),
    judge: JUDGE,
    catalogue: 1,
    photos: 3,
    measuredAt: new Date(),
    criteria: [{ id: 'vlm:face' as const, passAt: 0.7, flawed: { n: 6, accepted: 1 }, sound: { n: 6, rejected: 0 } }]
  }
  await test.studio.judgeCalibrations.put(calibration)
  expect((await test.client.call('judges.list', {})).judges).toMatchObject([{ ...JUDGE, calibration }])
})

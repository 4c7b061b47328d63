import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StudioClient } from '../../contract/studio/client.ts'
import { toStudioError } from '../../domain/errors.ts'
import { examineStudio } from '../doctor.ts'
import { openTestHub, type TestHub } from '../models/testing/test-hub.fixture.ts'
import { TINY_MODEL, tinyFiles } from '../models/testing/tiny-model.fixture.ts'
import { openTestApi, type TestApi } from './studio-api.fixture.ts'

const ID = TINY_MODEL.id
const CLOSED = 'closed-model'

let folder = ''
let hub: TestHub
let test: TestApi
let client: StudioClient
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-models-'))
  hub = await openTestHub(tinyFiles(200_000))
  const models = join(folder, 'data', 'models')
  await mkdir(models, { recursive: true })
  const closed = { ...TINY_MODEL, id: CLOSED, licence: { ...TINY_MODEL.licence, commercial: false } }
  await writeFile(
    join(models, 'model-catalogue.json'),
    JSON.stringify({ schemaVersion: 1, models: [TINY_MODEL, closed] })
  )
  test = await openTestApi(folder, { HF_ENDPOINT: hub.url })
  client = test.client
})
afterAll(async () => {
  await test.close()
  await hub.close()
  await rm(folder, { recursive: true, force: true })
})

const stateOf = async (id: string) => {
  const { models } = await client.call('models.list', {})
  return models.find(({ model }) => model.id === id)?.state
}
const codeOf = async (work: Promise<unknown>) =>
  await work.then(
    () => 'no failure',
    (thrown: unknown) => toStudioError(thrown).code
  )

describe('models over the studio contract', () => {
  it('lists the user’s own models before those the studio comes with', async () => {
    const { models } = await client.call('models.list', {})
    expect(models.slice(0, 2).map(({ model }) => model.id)).toEqual([ID, CLOSED])
    expect(models.map(({ model }) => model.id)).toContain('flux2-klein-4b')
  })

  it('downloads in the background, pauses, goes on, and tells each step', async () => {
    const paused = hub.pauseAfter(120_000)
    expect((await client.call('models.pull', { id: ID })).state).toMatch(/asking|downloading/)
    await paused
    expect((await client.call('models.pause', { id: ID })).state).toBe('partial')
    hub.resume()
    await client.call('models.pull', { id: ID })
    await expect.poll(() => stateOf(ID), { timeout: 60_000 }).toBe('installed')
    const told = () =>
      test
        .told('models.changed')
        .at(-1)
        ?.models.find(({ model }) => model.id === ID)?.state
    await expect.poll(told, { timeout: 60_000 }).toBe('installed')
    await expect.poll(() => test.told('engines.changed').length, { timeout: 60_000 }).toBeGreaterThan(0)
    expect((await client.call('models.verify', { id: ID })).state).toBe('installed')
  })

  it('asks for a licence, and knows what is wrong', async () => {
    expect(await codeOf(client.call('models.pull', { id: CLOSED }))).toBe('model-licence')
    expect(await codeOf(client.call('models.pull', { id: 'no-such-model' }))).toBe('model-unknown')
    expect(await codeOf(client.call('models.pull', { id: '../out' }))).toBe('call-invalid')
    await client.call('models.pull', { id: CLOSED, acceptLicence: true })
    await expect.poll(() => stateOf(CLOSED), { timeout: 60_000 }).toBe('installed')
  })

  it('is seen by doctor', async () => {
    const finding = (await examineStudio(test.studio)).find(({ subject }) => subject === 'models')
    expect(finding).toMatchObject({ ok: true, says: `${TINY_MODEL.name}, ${TINY_MODEL.name}` })
  })

  it('lets a browser name no folder of the studio’s machine', async () => {
    const browser = { desktop: false, mayName: () => false }
    const request = { name: 'models.import', params: { id: ID, folder: join(folder, 'own') }, task: null }
    expect(await test.api.answer(request, browser)).toMatchObject({ ok: false, error: { code: 'call-refused' } })
  })

  it('removes a model and brings it back', async () => {
    expect(await client.call('models.remove', { id: ID })).toMatchObject({ state: 'absent', canRestore: true })
    expect(await client.call('models.restore', { id: ID })).toMatchObject({ state: 'installed', canRestore: false })
  })
})

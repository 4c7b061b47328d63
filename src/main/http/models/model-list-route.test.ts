import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeTinyFlux } from '../../../../scripts/models/tiny-flux/write-tiny-flux.ts'
import { openTestServer } from '../http-server.fixture.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-model-list-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('lists what can be installed and what is, and changes nothing', async () => {
  const test = await openTestServer({ folder })
  try {
    const klein = async () => {
      const answer = await test.fetch('/models')
      expect(answer.status).toBe(200)
      const { models }: { models: { id: string }[] } = await answer.json()
      expect(models.length).toBeGreaterThan(4)
      return models.find(({ id }) => id === 'flux2-klein-4b')
    }
    expect(await klein()).toMatchObject({
      role: 'generator',
      state: 'absent',
      bytes: 0,
      done: null,
      licence: { id: 'Apache-2.0', commercial: true },
      error: null
    })
    const files = join(folder, 'tiny')
    await writeTinyFlux(files, 'flux2-klein', { io: 'float32' })
    await writeFile(join(files, 'config.json'), '{}')
    await test.studio.models.import('flux2-klein-4b', files, 'copy', new AbortController().signal)
    const installed = await klein()
    expect(installed).toMatchObject({ state: 'installed', bytes: expect.any(Number) })
    // Where it lies is no business of whoever asks over the network.
    expect(JSON.stringify(installed)).not.toContain(folder)
    expect((await test.fetch('/models', { method: 'POST' })).status).toBe(405)
  } finally {
    await test.close()
  }
})

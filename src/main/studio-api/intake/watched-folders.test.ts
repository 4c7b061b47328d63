import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../studio-api.fixture.ts'

const WAIT = { timeout: 40_000, interval: 200 }

let folder: string
let hot: string
let test: TestApi
let photo: Buffer

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-watch-'))
  hot = join(folder, 'hot')
  await mkdir(hot)
  test = await openTestApi(folder)
  photo = await readFile(join(test.studio.resources, 'sample', 'eileen-collins.jpg'))
  const settings = { parameters: { background: 'white' }, attempts: 2, seed: 5 }
  const { _id: presetId } = await test.client.call('presets.save', { name: 'Hot', settings })
  await test.client.call('watch.add', { folder: hot, presetId, subfolders: false, enabled: true })
})
afterEach(async () => {
  await test.close()
  await rm(folder, { recursive: true, force: true })
})

const jobs = async () => (await test.client.call('jobs.list', {})).items
const names = async () => (await jobs()).map(({ name }) => name)
const refused = () =>
  test
    .told('intake.changed')
    .flatMap(({ watchFolderId, rejected }) => (watchFolderId === null ? [] : rejected))
    .map(({ name }) => name)
/** The same picture as another file: what follows its end is not looked at. */
const another = (mark: string) => Buffer.concat([photo, Buffer.from(mark)])

describe('a watched folder', () => {
  it('takes a file that arrives in parts once it is whole, with the preset of the folder', async () => {
    const path = join(hot, 'burst.jpg')
    const parts = 4
    const length = Math.ceil(photo.length / parts)
    for (let part = 0; part < parts; part += 1) {
      await appendFile(path, photo.subarray(part * length, (part + 1) * length))
      await sleep(600)
      expect(await names()).toEqual([])
    }
    await expect.poll(names, WAIT).toEqual(['burst.jpg'])
    const [job] = await jobs()
    const detail = await test.client.call('jobs.get', { id: job?._id ?? '' })
    expect(detail).toMatchObject({ parameters: { background: 'white' }, maxAttempts: 2, seed: 5, status: 'pending' })
    expect(detail.references).toMatchObject([{ bytes: photo.length, face: 0 }])
    expect(refused()).toEqual([])
    expect((await test.client.call('watch.list', {})).folders).toMatchObject([{ queued: 1, state: 'watching' }])
  }, 60_000)

  it('tells what it refuses, and takes it when it is whole after all', async () => {
    const path = join(hot, 'slow.jpg')
    await writeFile(join(hot, 'broken.jpg'), 'no photo')
    await writeFile(path, photo.subarray(0, 2_000))
    await expect.poll(() => refused().sort(), WAIT).toEqual(['broken.jpg', 'slow.jpg'])
    expect(await names()).toEqual([])
    await appendFile(path, photo.subarray(2_000))
    await expect.poll(names, WAIT).toEqual(['slow.jpg'])
    expect(refused()).toHaveLength(2)
  }, 60_000)

  it('goes on after a restart, and queues nothing twice', async () => {
    await writeFile(join(hot, 'first.jpg'), photo)
    await expect.poll(names, WAIT).toEqual(['first.jpg'])
    await test.close()
    test = await openTestApi(folder)
    expect((await test.client.call('watch.list', {})).folders).toMatchObject([{ queued: 0, state: 'watching' }])
    await writeFile(join(hot, 'second.jpg'), another('2'))
    await expect.poll(async () => (await names()).sort(), WAIT).toEqual(['first.jpg', 'second.jpg'])
    await sleep(3_000)
    expect(await names()).toHaveLength(2)
  }, 90_000)
})

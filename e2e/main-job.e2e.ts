import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { launchStudio, removeFolder, type StudioApp } from './studio-app.ts'

const SAMPLE = join('node_modules', '@vladmandic', 'face-api', 'demo', 'sample1.jpg')

let studio: StudioApp
test.beforeAll(async () => {
  studio = await launchStudio()
})
test.afterAll(async () => {
  await studio.quit()
  await removeFolder(studio.folder)
})

test('a photo becomes a portrait, by the contract alone', async () => {
  test.setTimeout(300_000)
  const { studio: api, page } = studio
  const described = await api.call('studio.describe', {})
  expect(described).toMatchObject({ desktop: true, maxAttempts: 3 })
  const { accepted, rejected } = await api.call('photos.import', {
    sources: [
      { kind: 'path', path: SAMPLE },
      { kind: 'path', path: 'README.md' }
    ]
  })
  expect(accepted).toMatchObject([{ name: 'sample1.jpg', face: null }])
  expect(accepted[0]?.inspection.faces).toHaveLength(3)
  expect(rejected).toMatchObject([{ name: 'README.md', error: { code: 'file-unsupported' } }])
  const photo = accepted[0]
  const address = api.address({ kind: 'thumbnail', id: photo?.artifact ?? '', edge: 320 })
  const thumbnail = await page.evaluate(async (src) => {
    const image = new Image()
    image.crossOrigin = 'anonymous'
    image.src = src
    await image.decode()
    return Math.max(image.naturalWidth, image.naturalHeight)
  }, address)
  expect(thumbnail).toBe(320)
  const photoIds = [photo?._id ?? '']
  const unclear = await api.call('jobs.submit', { orders: [{ photoIds }] })
  expect(unclear).toMatchObject({ jobs: [], refused: [{ order: 0, error: { code: 'face-several' } }] })
  expect(await api.call('photos.chooseFace', { id: photo?._id ?? '', face: 1 })).toMatchObject({ face: 1 })
  const { jobs, refused } = await api.call('jobs.submit', {
    orders: [{ photoIds, parameters: { background: 'studio_grey' }, seed: 7 }]
  })
  expect(refused).toEqual([])
  const id = jobs[0]?._id ?? ''
  await expect
    .poll(async () => (await api.call('jobs.get', { id })).status, { timeout: 200_000, intervals: [500] })
    .toMatch(/completed|failed/)
  const job = await api.call('jobs.get', { id })
  expect(job.error).toBeNull()
  const made = job.final ?? job.best
  const size = await page.evaluate(
    async (src) => {
      const image = new Image()
      image.src = src
      await image.decode()
      return image.naturalWidth
    },
    api.address({ kind: 'artifact', id: made?.picture.artifact ?? '' })
  )
  expect(size).toBe(1024)
  expect(studio.complaints).toEqual([])
})

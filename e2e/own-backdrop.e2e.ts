import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { ended } from './portrait-story.ts'
import { launchStudio, removeFolder, type StudioApp } from './studio-app.ts'

const WALL = join('node_modules', '@vladmandic', 'face-api', 'demo', 'sample2.jpg')
const PANORAMA = resolve('resources', 'places', 'hall.hdr')

let studio: StudioApp
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  studio = await launchStudio()
  await studio.page.waitForSelector('.frame')
})
test.afterAll(async () => {
  await studio.quit()
  await removeFolder(studio.folder)
})

test('pictures of the sample stand in the pickers before there is a photo', async () => {
  test.setTimeout(120_000)
  const { page } = studio
  await expect(page.getByText('On the sample until you add a photo.').first()).toBeVisible()
  const first = page.getByRole('radiogroup', { name: 'Background' }).getByRole('radio').first()
  await expect(first.locator('img')).toBeVisible({ timeout: 90_000 })
})

test('a backdrop of one’s own is asked for, chosen, replaced by a drop, and ordered', async () => {
  test.setTimeout(400_000)
  const { page, app } = studio
  await studio.studio.call('photos.importSample', {})
  const entry = page.getByRole('radio', { name: 'Own backdrop' })
  const make = page.getByRole('button', { name: 'Make portrait' })
  await expect(make).toBeEnabled()

  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] })
  })
  await entry.click()
  await expect(page.getByText('No file yet')).toBeVisible()
  await expect(page.getByText('Choose the file of your own backdrop first')).toBeVisible()
  await expect(make).toBeDisabled()

  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, PANORAMA)
  await page.getByRole('button', { name: 'Choose file…' }).click()
  await expect(page.getByText('hall.hdr')).toBeVisible()
  await expect(entry.locator('img')).toBeVisible({ timeout: 60_000 })
  await expect(make).toBeEnabled()

  const bytes = (await readFile(WALL)).toString('base64')
  const dropped = await page.evaluateHandle((content) => {
    const data = new DataTransfer()
    const file = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
    data.items.add(new File([file], 'wall.jpg', { type: 'image/jpeg' }))
    return data
  }, bytes)
  for (const type of ['dragenter', 'dragover', 'drop']) await entry.dispatchEvent(type, { dataTransfer: dropped })
  await expect(page.getByText('wall.jpg')).toBeVisible()
  await expect(page.locator('.drop-veil')).toHaveCount(0)
  const { photos } = await studio.studio.call('photos.list', {})
  expect(photos.map(({ name }) => name)).toEqual(['eileen-collins.jpg'])

  await make.click()
  const newest = async () => (await studio.studio.call('jobs.list', {})).items[0]?._id ?? ''
  await expect.poll(newest).not.toBe('')
  const job = await ended(studio.studio, await newest())
  expect(job).toMatchObject({ error: null, backdrop: { name: 'wall.jpg' }, parameters: { background: 'own_backdrop' } })
  await expect(page.getByText('wall.jpg')).toBeVisible()
  expect(studio.complaints).toEqual([])
})

import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type { StudioClient } from '../src/contract/studio/client.ts'
import { openTestHub } from '../src/main/models/testing/test-hub.fixture.ts'
import { TINY_MODEL, tinyFiles } from '../src/main/models/testing/tiny-model.fixture.ts'
import { HAS_CHROMIUM, launchChromium, serveStudio } from './browser-studio.ts'
import { launchStudio, removeFolder } from './studio-app.ts'

const FREE = { ...TINY_MODEL, id: 'own-judge', name: 'Own judge' }
const CLOSED = {
  ...TINY_MODEL,
  id: 'closed-judge',
  name: 'Closed judge',
  licence: { ...TINY_MODEL.licence, name: 'Closed Licence', commercial: false }
}

/** A folder of the studio with a catalogue of its own, and a hub that has what is in it. */
async function prepare() {
  const folder = await mkdtemp(join(tmpdir(), 'studio-models-'))
  const models = join(folder, 'data', 'models')
  await mkdir(models, { recursive: true })
  await writeFile(join(models, 'model-catalogue.json'), JSON.stringify({ schemaVersion: 1, models: [FREE, CLOSED] }))
  const hub = await openTestHub(tinyFiles(2_000_000))
  return { folder, models, hub, environment: { HF_ENDPOINT: hub.url, NO_PROXY: '127.0.0.1' } }
}

/** The same in a window and in a browser. */
async function managesModels(page: Page, studio: StudioClient, { hub, models }: Awaited<ReturnType<typeof prepare>>) {
  await page.locator('.frame').waitFor()
  await studio.call('settings.set', { change: { language: 'en' } })
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Models', exact: true }).click()
  const row = page.getByRole('listitem', { name: FREE.name })
  const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter')

  const paused = hub.pauseAfter(700_000)
  await press(`Download: ${FREE.name}`)
  await paused
  await expect(row.getByRole('progressbar')).toBeVisible()
  await expect(row).toContainText('downloading')
  await press(`Pause: ${FREE.name}`)
  hub.resume()
  await expect(row).toContainText('paused')
  await press(`Continue: ${FREE.name}`)
  await expect(row).toContainText('installed')

  await press(`Remove: ${FREE.name}`)
  await press(`Bring back: ${FREE.name}`)
  await expect(row).toContainText('installed')

  await press(`Download: ${CLOSED.name}`)
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText(CLOSED.licence.url)
  await dialog.getByRole('button', { name: 'Cancel' }).press('Enter')
  await expect(dialog).toHaveCount(0)
  expect(await readdir(models)).not.toContain(CLOSED.id)
  await press(`Download: ${CLOSED.name}`)
  await dialog.getByRole('button', { name: 'Accept and download' }).press('Enter')
  await expect(page.getByRole('listitem', { name: CLOSED.name })).toContainText('installed')
}

test('a model is downloaded, paused, continued, removed and brought back; a licence is asked for', async () => {
  const prepared = await prepare()
  const { folder, environment, hub } = prepared
  const { page, studio, quit, complaints } = await launchStudio({ folder, environment })
  try {
    await managesModels(page, studio, prepared)
    expect(complaints).toEqual([])
  } finally {
    await quit()
    await hub.close()
    await removeFolder(folder)
  }
})

test('the same in a browser', async () => {
  test.skip(!HAS_CHROMIUM, 'There is no Chromium here (Debian: apt-get install chromium).')
  const prepared = await prepare()
  const { folder, environment, hub } = prepared
  const served = await serveStudio({ folder, environment })
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(served.address)
    await managesModels(page, served.studio, prepared)
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
    await served.stop()
    await hub.close()
    await removeFolder(folder)
  }
})

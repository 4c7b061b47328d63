import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import sharp from 'sharp'
import { HAS_CHROMIUM, launchChromium, type ServedStudio, serveStudio } from './browser-studio.ts'
import { removeFolder } from './studio-app.ts'

/** A job of the built-in engine on a busy machine, ms. */
const JOB_MS = 200_000
const PHOTO = 'resources/sample/eileen-collins.jpg'

/** The studio as a tablet has it: each test goes on where the one before ended. */
test.describe.configure({ mode: 'serial' })
test.setTimeout(JOB_MS + 60_000)
test.skip(!HAS_CHROMIUM, 'There is no Chromium here (Debian: apt-get install chromium).')

let browser: Browser
let served: ServedStudio
let page: Page
const complaints: string[] = []
test.beforeAll(async () => {
  served = await serveStudio()
  browser = await launchChromium()
  const context = await browser.newContext({
    viewport: { width: 1180, height: 820 },
    hasTouch: true,
    acceptDownloads: true,
    // Nothing is measured for contrast half way through a transition.
    reducedMotion: 'reduce'
  })
  page = await context.newPage()
  page.setDefaultTimeout(30_000)
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(served.address)
})
test.afterAll(async () => {
  await browser?.close()
  await served?.stop()
  if (served) await removeFolder(served.folder)
})

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const cell = (name: string) => page.getByRole('listbox', { name: 'Portraits' }).getByRole('option', { name })
const jobOf = async (name: string) =>
  (await served.studio.call('jobs.list', {})).items.find((job) => job.name.startsWith(name))

test('a photo of this device is sent to the studio', async () => {
  const choosing = page.waitForEvent('filechooser')
  await page.getByLabel('Stage').getByRole('button', { name: 'Add photos…' }).click()
  await (await choosing).setFiles([PHOTO])
  await expect(page.getByRole('img', { name: 'Face 1 of 1' })).toBeVisible()
  await expect(page.getByLabel('Left panel').getByRole('button', { name: 'eileen-collins.jpg' })).toBeVisible()
  expect(complaints).toEqual([])
})

test('a portrait is made, also while the page is loaded anew', async () => {
  await page.getByRole('radiogroup', { name: 'Purpose' }).getByRole('radio', { name: 'Resume', exact: true }).click()
  await button('Make portrait').click()
  const running = page.getByRole('region', { name: 'Attempt 1', exact: true }).locator('[aria-current=step]')
  await expect(running).toContainText('Generating')
  await page.reload()
  await button(/2\s*Gallery/).click()
  await cell('eileen-collins.jpg').dblclick()
  await expect(page.getByText('delivered', { exact: true }).first()).toBeVisible({ timeout: JOB_MS })
  expect((await jobOf('eileen'))?.status).toBe('completed')
  expect(complaints).toEqual([])
})

test('it is downloaded as it was ordered', async () => {
  await button(/4\s*Deliver/).click()
  await expect(button('Choose folder…')).toHaveCount(0)
  const downloading = page.waitForEvent('download')
  await button('Export 1 file').click()
  const download = await downloading
  const path = join(served.folder, download.suggestedFilename())
  await download.saveAs(path)
  const final = (await served.studio.call('jobs.get', { id: (await jobOf('eileen'))?._id ?? '' })).final
  const { width, height, format } = await sharp(path).metadata()
  expect({ width, height, format }).toEqual({ ...final?.picture.size, format: 'jpeg' })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(complaints).toEqual([])
})

test('its report is downloaded', async () => {
  await button(/2\s*Gallery/).click()
  await button('Report').click()
  const report = page.getByRole('dialog', { name: 'Report: eileen-collins.jpg' })
  const downloading = page.waitForEvent('download')
  await report.getByRole('button', { name: 'Save as PDF…' }).click()
  expect((await downloading).suggestedFilename()).toBe('eileen-collins.jpg.pdf')
  await report.getByRole('button', { name: 'Close' }).click()
})

test('everybody can use it', async () => {
  for (const mode of [/1\s*Prepare/, /2\s*Gallery/, /3\s*Compare/, /4\s*Deliver/]) {
    await button(mode).click()
    const { violations } = await new AxeBuilder({ page }).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect
      .soft(
        serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`),
        String(mode)
      )
      .toEqual([])
  }
})

test('the studio is started anew meanwhile, and the page reads what it has missed', async () => {
  const { port } = new URL(served.address)
  await button(/2\s*Gallery/).click()
  await button('Grid').click()
  await served.stop()
  await expect(page.getByText('The studio does not answer.')).toBeVisible()
  served = await serveStudio({ folder: served.folder, port: Number(port) })
  const id = (await jobOf('eileen'))?._id ?? ''
  await served.studio.call('jobs.rate', { targets: [{ jobId: id }], change: { stars: 4 } })
  await expect(page.getByText('The studio does not answer.')).toHaveCount(0)
  await expect(cell('eileen-collins.jpg').getByRole('img', { name: '4 stars' })).toBeVisible()
  complaints.length = 0
})

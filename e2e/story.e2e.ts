import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { dropFiles } from './drop-files.ts'
import { answerDialogs } from './native-dialogs.ts'
import { JOB_MS, tellStory } from './story-studio.ts'

/** A photo that is looked at, a list that is read, a picture that is decoded, on a busy machine, ms. */
const SOON = { timeout: 30_000 }

/** The whole story, as somebody with a mouse lives it: each test goes on where the one before ended. */
const story = tellStory()

const button = (name: string | RegExp) => story.page.getByRole('button', { name, exact: true })
const photoRow = (name: string) => story.page.getByLabel('Left panel').getByRole('button', { name })
const choice = (group: string, name: string) =>
  story.page.getByRole('radiogroup', { name: group }).getByRole('radio', { name, exact: true })
const attempt = (number: number) => story.page.getByRole('region', { name: `Attempt ${number}`, exact: true })
const cell = (name: string) => story.page.getByRole('listbox', { name: 'Portraits' }).getByRole('option', { name })
const jobOf = async (name: string) =>
  (await story.studio.call('jobs.list', {})).items.find((job) => job.name.startsWith(name))
const statusOf = (name: string) =>
  expect.poll(async () => (await jobOf(name))?.status, { timeout: JOB_MS, intervals: [300] })

test('photos and a folder are dropped in; faces are found, and what is no photo is told', async () => {
  await dropFiles(story.page, [story.photos.eileen, story.photos.grainy, story.photos.shoot, story.photos.broken])
  await expect(story.page.getByText('4 photos added', { exact: true })).toBeVisible(SOON)
  await expect(story.page.getByRole('img', { name: 'Face 1 of 1' })).toBeVisible()
  await expect(photoRow('grace-hopper.jpg')).toContainText('512 × 600')
  await expect(photoRow('two-officers.jpg')).toContainText('2 people: which one?')
  const tray = story.page.getByRole('region', { name: '1 file not taken' })
  await expect(tray).toContainText('broken.jpg: A text file is not a photo.')
  await expect(tray).toContainText('Export the photo as JPEG')
  await button('Empty the tray').click()
  await expect(tray).toHaveCount(0)
})

test('in a group the person is chosen', async () => {
  await photoRow('two-officers.jpg').click()
  await expect(story.page.getByText('Who is the portrait of?')).toBeVisible()
  await expect(button('Make portrait')).toBeDisabled()
  await button('Face 2 of 2').click()
  await expect(button('Face 2 of 2')).toHaveAttribute('aria-pressed', 'true')
  await expect(button('Make portrait')).toBeEnabled()
})

test('parameters are chosen by picture, shown on the person', async () => {
  await photoRow('eileen-collins.jpg').click()
  await choice('Purpose', 'Resume').click()
  const city = choice('Background', 'City')
  await expect(city.locator('img')).toHaveJSProperty('complete', true, { timeout: 60_000 })
  await city.click()
  await choice('Light', 'Soft window').click()
  await expect(choice('Purpose', 'Resume')).toBeChecked()
  await expect(city).toBeChecked()
  await expect(choice('Light', 'Soft window')).toBeChecked()
  await expect(story.page.getByText('Built-in retouch makes it.')).toBeVisible()
})

test('the portrait is made, step by step in sight', async () => {
  await button('Make portrait').click()
  const running = attempt(1).locator('[aria-current=step]')
  await expect(running).toContainText('Generating', SOON)
  await expect(button('1 job')).toBeVisible()
  await expect(attempt(1).getByRole('img', { name: 'Attempt 1' })).toBeVisible({ timeout: JOB_MS })
  await statusOf('eileen').toBe('completed')
  await expect(attempt(1).getByText('delivered')).toBeVisible()
  await expect(story.page.getByRole('heading', { name: 'Measurements' })).toBeVisible()
  const job = await jobOf('eileen')
  expect(job?.parameters).toMatchObject({ purpose: 'resume', background: 'city', lighting: 'soft' })
})

test('it is rated with the keys photographers know', async () => {
  await button('Grid').click()
  await cell('eileen-collins.jpg').click()
  for (const key of ['4', 'p', '8']) await story.page.keyboard.press(key)
  await expect.poll(async () => (await jobOf('eileen'))?.rating).toEqual({ stars: 4, flag: 'pick', label: 'green' })
  await expect(cell('eileen-collins.jpg').getByRole('img', { name: '4 stars' })).toBeVisible()
})

test('it is compared: side by side, and with a slider over the photo', async () => {
  await button(/3\s*Compare/).click()
  for (const name of ['Reference', 'Delivered']) {
    await expect(story.page.getByLabel('Stage').getByRole('heading', { name })).toBeVisible(SOON)
  }
  await story.page.getByRole('radio', { name: 'Slider' }).click()
  const slider = story.page.getByRole('slider', { name: 'Where one picture ends' })
  await expect(slider).toHaveAttribute('aria-valuenow', '0.5')
  await slider.press('Home')
  await expect(slider).toHaveAttribute('aria-valuenow', '0')
  await story.page.getByRole('radio', { name: '1:1' }).click()
  await expect(story.page.getByText(/^100\s?%$/).first()).toBeVisible()
})

test('it is exported, and the file is what was ordered', async () => {
  const to = join(story.folder, 'delivered')
  await mkdir(to)
  await answerDialogs(story.app, to)
  await button(/4\s*Deliver/).click()
  await button('Export 1 file').click()
  await expect(story.page.getByRole('dialog', { name: 'Export' })).toContainText('1 file written', { timeout: 60_000 })
  const [file, ...others] = await readdir(to)
  expect(others).toEqual([])
  const exported = await sharp(join(to, file ?? '')).metadata()
  const final = (await story.studio.call('jobs.get', { id: (await jobOf('eileen'))?._id ?? '' })).final
  expect({ width: exported.width, height: exported.height }).toEqual(final?.picture.size)
  expect(exported).toMatchObject({ format: 'jpeg', hasProfile: true })
  await story.page.keyboard.press('Escape')
  await expect(story.page.getByRole('dialog')).toHaveCount(0)
})

test('its report tells what was tried', async () => {
  await button(/2\s*Gallery/).click()
  await cell('eileen-collins.jpg').click()
  await button('Report').click()
  const report = story.page.getByRole('dialog', { name: 'Report: eileen-collins.jpg' })
  await expect(report.getByRole('heading', { name: 'What was tried' })).toBeVisible()
  await expect(report.getByRole('img').first()).toBeVisible()
  const path = join(story.folder, 'report.html')
  await answerDialogs(story.app, path)
  await report.getByRole('button', { name: 'Save as page…' }).click()
  await expect(story.page.getByText('Report saved', { exact: true })).toBeVisible(SOON)
  await report.getByRole('button', { name: 'Close' }).click()
  await expect(report).toHaveCount(0)
})

test('an order that cannot be met ends with every attempt, measured', async () => {
  await button(/1\s*Prepare/).click()
  await photoRow('iso-25600.jpg').click()
  await choice('Background', 'City').click()
  await button(/^Strictness/).click()
  await story.page.getByRole('combobox', { name: 'Strictness: Noise' }).click()
  await story.page.getByRole('option', { name: 'strict' }).click()
  await button('Make portrait').click()
  for (const number of [1, 2, 3]) {
    await expect(attempt(number).getByRole('img', { name: `Attempt ${number}` })).toBeVisible({ timeout: JOB_MS })
  }
  await statusOf('iso').toBe('failed')
  const job = await story.studio.call('jobs.get', { id: (await jobOf('iso'))?._id ?? '' })
  expect(job.attempts.map(({ judgement }) => judgement?.passed)).toEqual([false, false, false])
})

test('the photographer’s winner stands over the judge’s', async () => {
  const job = await story.studio.call('jobs.get', { id: (await jobOf('iso'))?._id ?? '' })
  const other = [1, 2, 3].find((number) => number !== job.best?.attempt) ?? 0
  await button(/3\s*Compare/).click()
  await story.page
    .getByLabel('Filmstrip')
    .getByRole('button', { name: `Attempt ${other}` })
    .click()
  await button('Deliver this one').click()
  await expect(story.page.getByText(`Attempt ${other} will be delivered`, { exact: true })).toBeVisible(SOON)
  await statusOf('iso').toBe('completed')
  const chosen = await story.studio.call('jobs.get', { id: job._id })
  expect(chosen.final?.attempt).toBe(other)
})

test('an order its purpose forbids fails, and its report offers the change that mends it', async () => {
  await button(/1\s*Prepare/).click()
  await photoRow('grace-hopper.jpg').click()
  await choice('Purpose', 'Passport-like 35×45').click()
  await choice('Background', 'City').click()
  await button('Make portrait').click()
  await statusOf('grace').toBe('failed')
  await button('Report').click()
  const report = story.page.getByRole('dialog', { name: 'Report: grace-hopper.jpg' })
  await expect(report).toContainText('Choose the white background')
  await expect(report.getByRole('heading', { name: 'What was measured' })).toBeVisible()
  await report.getByRole('button', { name: 'Change by hand' }).click()
  await expect(choice('Purpose', 'Passport-like 35×45')).toBeChecked()
  await expect(choice('Background', 'White')).toBeChecked()
  await button(/2\s*Gallery/).click()
  await button('Report').click()
  await report.getByRole('button', { name: 'Try again with these changes' }).click()
  await expect(report).toHaveCount(0)
  await statusOf('grace').toBe('completed')
  expect((await jobOf('grace'))?.parameters).toMatchObject({ purpose: 'passport_like', background: 'white' })
})

test('the studio is quit in the middle of a job, and the job goes on when it is started again', async () => {
  await button(/1\s*Prepare/).click()
  await photoRow('two-officers.jpg').click()
  await choice('Purpose', 'LinkedIn').click()
  await button('Make portrait').click()
  await expect(attempt(1).locator('[aria-current=step]')).toContainText('Generating', SOON)
  await story.startAgain()
  await button(/2\s*Gallery/).click()
  await expect(cell('two-officers.jpg')).toBeVisible(SOON)
  await statusOf('two').toMatch(/completed|failed/)
  const job = await story.studio.call('jobs.get', { id: (await jobOf('two'))?._id ?? '' })
  expect(job.error).toBeNull()
  expect(job.attempts.map(({ number }) => number)).toEqual(job.attempts.map((_, index) => index + 1))
  await expect(button('Queue empty')).toBeVisible(SOON)
  await expect(cell('eileen-collins.jpg').getByRole('img', { name: '4 stars' })).toBeVisible()
})

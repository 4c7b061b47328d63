import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { launchStudio, removeFolder, type StudioApp } from './studio-app.ts'

const PHOTO = join('node_modules', '@vladmandic', 'face-api', 'demo', 'sample1.jpg')
/** A job of the built-in engine on a busy machine, ms. */
const JOB_MS = 200_000

let studio: StudioApp
let page: Page
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  studio = await launchStudio()
  page = studio.page
  // A colour half way between two would be taken for the contrast of the screen.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.waitForSelector('.frame')
})
test.afterAll(async () => {
  await studio.quit()
  await removeFolder(studio.folder)
})

/** Fails on whatever keeps somebody from using the screen that is shown; contrast included. */
async function expectAccessible(name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const told = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
  expect(told, name).toEqual([])
}

const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
const ended = (id: string) =>
  expect
    .poll(async () => (await studio.studio.call('jobs.get', { id })).status, { timeout: JOB_MS, intervals: [500] })
    .toMatch(/completed|failed/)

test('an empty studio teaches, and each of its screens can be read', async () => {
  await expect(page.getByRole('heading', { name: 'Make a portrait in three steps' })).toBeVisible()
  await expectAccessible('prepare, empty')
  for (const [keys, heading] of [
    ['Control+2', 'No portraits yet'],
    ['Control+3', 'Nothing to compare yet'],
    ['Control+4', 'Nothing to deliver yet']
  ] as const) {
    await press(keys)
    await expect(page.getByRole('heading', { name: heading })).toBeVisible()
    await expectAccessible(heading)
  }
})

test('photos come in with the reasons of those that do not', async () => {
  await press('Control+1')
  await studio.studio.call('photos.import', {
    sources: [
      { kind: 'path', path: PHOTO },
      { kind: 'path', path: 'README.md' }
    ]
  })
  await expect(page.getByText('1 file not taken')).toBeVisible()
  await expect(page.getByText('3 people: which one?')).toBeVisible()
  await expectAccessible('prepare, a group photo')
  await page.getByRole('button', { name: 'Empty the tray' }).focus()
  await press('Enter')
  await expect(page.getByText('1 file not taken')).toHaveCount(0)
})

test('a person is chosen and a portrait ordered by keys alone', async () => {
  test.setTimeout(JOB_MS + 60_000)
  const second = page.getByRole('button', { name: 'Face 2 of 3' })
  for (
    let presses = 0;
    presses < 60 && !(await second.evaluate((face) => face === document.activeElement));
    presses++
  ) {
    await press('Tab')
  }
  await expect(second).toBeFocused()
  await press('Enter')
  await expect(second).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText('Built-in retouch makes it.')).toBeVisible()
  await expectAccessible('prepare, ready')
  await press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Reference' })).toBeVisible()
  await expectAccessible('a job that runs')
  const { items } = await studio.studio.call('jobs.list', {})
  const [job] = items
  await ended(job?._id ?? '')
  await expect(page.getByRole('heading', { name: 'Attempt 1' })).toBeVisible()
  await expectAccessible('attempts')
})

test('it is rated, compared and looked at by keys', async () => {
  await press('g')
  const grid = page.getByRole('listbox', { name: 'Portraits' })
  await grid.focus()
  await press('Home', '4', 'p', '8')
  const rated = async () => (await studio.studio.call('jobs.list', {})).items[0]?.rating
  await expect.poll(rated).toEqual({ stars: 4, flag: 'pick', label: 'green' })
  await expectAccessible('gallery')
  await press('Delete')
  await expect(page.getByText('Moved to the bin', { exact: true })).toBeVisible()
  await press('Control+z')
  await expect(grid.getByRole('option')).toHaveCount(1)
  await press('c')
  await expect(page.getByRole('heading', { name: 'Reference' })).toBeVisible()
  await expectAccessible('compare')
  await press('\\')
  await expect(page.getByRole('slider', { name: 'Where one picture ends' })).toBeVisible()
  await expectAccessible('compare, slider')
})

test('what failed is told, and tried again with what is advised', async () => {
  test.setTimeout(JOB_MS + 60_000)
  const { photos } = await studio.studio.call('photos.list', {})
  const { jobs } = await studio.studio.call('jobs.submit', {
    orders: [
      {
        photoIds: [photos[0]?._id ?? ''],
        parameters: { purpose: 'passport_like', background: 'city' },
        strictness: {}
      }
    ]
  })
  const id = jobs[0]?._id ?? ''
  await ended(id)
  expect(await studio.studio.call('jobs.get', { id })).toMatchObject({ status: 'failed' })
  await press('Control+2', 'g')
  await page.getByRole('listbox', { name: 'Portraits' }).focus()
  await press('Home', 'Enter')
  await page.getByRole('button', { name: 'Report', exact: true }).click()
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'What to change' })).toBeVisible()
  await expectAccessible('report')
  await page.getByRole('button', { name: 'Try again with these changes' }).click()
  await expect
    .poll(async () => (await studio.studio.call('jobs.list', {})).items[0]?.parameters.background)
    .toBe('white')
  await press('Control+5')
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'Queue' })).toBeVisible()
  await expectAccessible('queue')
  await press('Escape')
})

test('delivery, settings and help can be read, in both languages', async () => {
  await press('d')
  await expect(page.getByRole('button', { name: /Export/ })).toBeVisible()
  await expectAccessible('deliver')
  await press('Control+,')
  for (const name of ['Storage', 'Engines', 'Watched folders', 'Privacy', 'Shortcuts', 'About', 'General']) {
    await page.getByRole('tab', { name }).click()
    await expectAccessible(`settings, ${name}`)
  }
  await studio.studio.call('settings.set', { change: { language: 'de' } })
  await expect(page.getByRole('tab', { name: 'Datenschutz' })).toBeVisible()
  await expectAccessible('settings in German')
  await studio.studio.call('settings.set', { change: { language: 'en' } })
  await press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible('shortcuts')
  await press('Escape')
})

test('at twice the size everything is still there', async () => {
  await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2))
  for (const keys of ['Control+1', 'Control+2', 'Control+3', 'Control+4']) {
    await press(keys)
    await page.waitForTimeout(300)
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(beyond, keys).toBeLessThanOrEqual(0)
    await expectAccessible(`${keys} at 200 %`)
  }
  await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(1))
})

test('nothing was refused by the policy, and nothing broke', () => {
  expect(studio.complaints).toEqual([])
})

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Locator, test } from '@playwright/test'
import { answerDialogs } from './native-dialogs.ts'
import { JOB_MS, tellStory } from './story-studio.ts'

/** Farther than anything is from the beginning of the window. */
const MOST_TABS = 150

/** The story again, for somebody who has no mouse or does not want one: nothing here clicks. */
const story = tellStory()

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await story.page.keyboard.press(key, { delay: 60 })
}

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement)

/** Goes on with Tab until the focus is there. */
async function tabTo(target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let tabs = 0; tabs < MOST_TABS && !(await hasFocus(target)); tabs += 1) await press('Tab')
  await expect(target).toBeFocused()
}

/** Goes on with F6 until the focus is in this part of the window. */
async function goTo(part: string): Promise<void> {
  const region = story.page.getByLabel(part, { exact: true })
  for (let parts = 0; parts < 6 && !(await hasFocus(region)); parts += 1) await press('F6')
  await expect(region).toBeFocused()
}

const radio = (group: string, name: string) =>
  story.page.getByRole('radiogroup', { name: group }).getByRole('radio', { name, exact: true })
const grid = () => story.page.getByRole('listbox', { name: 'Portraits' })
const newest = async () => (await story.studio.call('jobs.list', {})).items[0]
const newestIs = (status: string | RegExp) =>
  expect.poll(async () => (await newest())?.status, { timeout: JOB_MS, intervals: [300] }).toMatch(status)

test('photos are taken in, and the person in a group is chosen', async () => {
  await answerDialogs(story.app, story.photos.group)
  await press('Control+i')
  const face = story.page.getByRole('button', { name: 'Face 2 of 2' })
  await tabTo(face)
  await press('Enter')
  await expect(face).toHaveAttribute('aria-pressed', 'true')
})

test('parameters are chosen with the arrow keys', async () => {
  await goTo('Right panel')
  await tabTo(radio('Purpose', 'LinkedIn'))
  await press('ArrowLeft')
  await expect(radio('Purpose', 'Passport-like 35×45')).toBeChecked()
  await tabTo(radio('Background', 'Modern office'))
  await press('ArrowRight')
  await expect(radio('Background', 'Corporate office')).toBeChecked()
  await expect(story.page.getByText('Built-in retouch makes it.')).toBeVisible()
})

test('what is ordered runs and ends; its report mends the order', async () => {
  await press('Control+Enter')
  await expect(story.page.getByRole('heading', { name: 'Reference' })).toBeVisible()
  await newestIs('failed')
  await tabTo(story.page.getByRole('button', { name: 'Report', exact: true }))
  await press('Enter')
  const report = story.page.getByRole('dialog', { name: /^Report/ })
  await tabTo(report.getByRole('button', { name: 'Try again with these changes' }))
  await press('Enter')
  await expect(report).toHaveCount(0)
  await newestIs('completed')
  expect((await newest())?.parameters.background).toBe('white')
})

test('it is rated, thrown away and taken back', async () => {
  await press('g')
  await goTo('Stage')
  await tabTo(grid())
  await press('Home', '4', 'p', '8')
  await expect.poll(async () => (await newest())?.rating).toEqual({ stars: 4, flag: 'pick', label: 'green' })
  await press('Delete')
  await expect(grid().getByRole('option')).toHaveCount(1)
  await press('Control+z')
  await expect(grid().getByRole('option')).toHaveCount(2)
})

test('it is compared, and the slider is moved', async () => {
  await goTo('Stage')
  await tabTo(grid())
  await press('Home', 'c')
  await expect(story.page.getByLabel('Stage').getByRole('heading', { name: 'Reference' })).toBeVisible()
  await press('\\')
  const slider = story.page.getByRole('slider', { name: 'Where one picture ends' })
  await tabTo(slider)
  await press('End')
  await expect(slider).toHaveAttribute('aria-valuenow', '1')
  await tabTo(story.page.getByLabel('Filmstrip').getByRole('button', { name: 'Attempt 1' }))
  await press('Enter')
  await tabTo(story.page.getByRole('button', { name: 'Deliver this one' }))
  await press('Enter')
  await expect(story.page.getByText('Attempt 1 will be delivered', { exact: true })).toBeVisible()
  await newestIs('completed')
})

test('it is exported', async () => {
  const to = join(story.folder, 'by-keys')
  await answerDialogs(story.app, to)
  await press('Control+4')
  await expect(story.page.getByRole('list', { name: 'Pictures to deliver' }).getByRole('listitem')).toHaveCount(1)
  await press('Control+e')
  await expect(story.page.getByRole('dialog', { name: 'Export' })).toContainText('1 file written', { timeout: 60_000 })
  expect(await readdir(to)).toHaveLength(1)
  await press('Escape')
  await expect(story.page.getByRole('dialog')).toHaveCount(0)
})

test('the queue, the settings and the keys open and close', async () => {
  for (const [keys, name] of [
    ['Control+5', 'Queue'],
    ['Control+,', 'Settings'],
    ['?', 'Keyboard shortcuts']
  ] as const) {
    await press(keys)
    await expect(story.page.getByRole('dialog', { name })).toBeVisible()
    await press('Escape')
    await expect(story.page.getByRole('dialog')).toHaveCount(0)
  }
  await press('Control+p')
  await expect(story.page.getByRole('button', { name: 'Resume' })).toHaveAttribute('aria-pressed', 'true')
  await press('Control+p')
  await expect(story.page.getByRole('button', { name: 'Pause' })).toHaveAttribute('aria-pressed', 'false')
})

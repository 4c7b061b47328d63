import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect, type JSHandle, test } from '@playwright/test'
import { finishedPortrait } from './portrait-story.ts'
import { launchStudio, removeFolder, type StudioApp } from './studio-app.ts'

/** What only a desktop has, up to the point where the system itself takes over. */
test.describe.configure({ mode: 'serial' })

interface Asked {
  readonly bars: number[]
  readonly notes: { title: string; body: string }[]
  readonly drags: { files: string[]; hasIcon: boolean }[]
  awake: boolean
}

let studio: StudioApp
let asked: JSHandle<Asked>
test.beforeAll(async () => {
  studio = await launchStudio()
  await studio.page.locator('.frame').waitFor()
  // Stand-ins for the system: its notification, its taskbar, its drag. Everything up to them is the studio's own.
  asked = await studio.app.evaluateHandle(({ BrowserWindow, Notification, powerSaveBlocker }) => {
    const heard: Asked = { bars: [], notes: [], drags: [], awake: false }
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('There is no window.')
    window.isFocused = () => false
    window.setProgressBar = (value) => void heard.bars.push(value)
    Notification.isSupported = () => true
    Notification.prototype.show = function (this: Electron.Notification) {
      heard.notes.push({ title: this.title, body: this.body })
    }
    const start = powerSaveBlocker.start.bind(powerSaveBlocker)
    powerSaveBlocker.start = (type) => {
      heard.awake = true
      return start(type)
    }
    window.webContents.startDrag = ({ file, files, icon }) => {
      heard.drags.push({ files: files ?? [file], hasIcon: typeof icon !== 'string' && !icon.isEmpty() })
    }
    return heard
  })
})
test.afterEach(() => expect(studio.complaints).toEqual([]))
test.afterAll(async () => {
  await studio.quit()
  await removeFolder(studio.folder)
})

const heard = () => asked.evaluate((all) => all)

test('while a job runs the taskbar shows it and the machine stays awake; its end is told', async () => {
  test.setTimeout(300_000)
  const [photo] = (await studio.studio.call('photos.importSample', {})).accepted
  const job = await finishedPortrait(studio.studio, photo?._id ?? '')
  expect(job.status).toBe('completed')
  await expect
    .poll(async () => (await heard()).notes)
    .toEqual([{ title: 'APEX Portrait Studio', body: '1 delivered. The queue is empty.' }])
  const { bars, awake } = await heard()
  expect(awake).toBe(true)
  expect(bars.some((value) => value > 0 && value < 1)).toBe(true)
  expect(bars.at(-1)).toBe(-1)
})

test('a final is dragged out as a file with a name that says whose it is', async () => {
  await studio.page.getByRole('button', { name: /4\s*Deliver/ }).click()
  const cell = studio.page.getByRole('list', { name: 'Pictures to deliver' }).getByRole('listitem')
  await cell.dispatchEvent('dragstart')
  await expect.poll(async () => (await heard()).drags.length).toBe(1)
  const [drag] = (await heard()).drags
  expect(drag?.hasIcon).toBe(true)
  const [file = ''] = drag?.files ?? []
  expect(basename(file)).toMatch(/^eileen-collins-.*\.(png|jpg)$/)
  expect((await stat(file)).size).toBeGreaterThan(10_000)
})

test('the bin is emptied, once it has been said what goes', async () => {
  const { page } = studio
  const { items } = await studio.studio.call('jobs.list', {})
  await studio.studio.call('jobs.remove', { ids: items.map(({ _id }) => _id) })
  await page.keyboard.press('Control+,')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Storage' }).click()
  await settings.getByRole('button', { name: 'Empty…' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Empty the bin?' })
  await expect(dialog).toContainText('1 portrait and 0 photos are erased for good')
  await dialog.getByRole('button', { name: 'Erase for good' }).click()
  await expect(page.getByText(/^The bin is empty: \d+ pictures? erased$/)).toBeVisible()
  await expect(settings.getByRole('button', { name: 'Empty…' })).toBeDisabled()
  expect((await studio.studio.call('jobs.list', { filter: { bin: true } })).items).toEqual([])
})

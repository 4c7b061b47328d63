import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type Page } from 'playwright'
import { createStudioClient } from '../src/contract/studio/client.ts'
import { electronRuntime } from './electron/runtime.ts'

/**
 * Photographs every screen of the built studio for the documentation: `npm run screens -- PHOTO PHOTO…`. The first photo
 * gets the portraits. It needs a display; on a server `xvfb-run -a` gives one.
 */
const OUT = 'docs/screens'
const JOB_MS = 300_000
const ORDERS = [
  { parameters: { background: 'modern_office', purpose: 'resume' } },
  { parameters: { background: 'dark_studio', lighting: 'dramatic', purpose: 'resume' } },
  { parameters: { background: 'golden_hour', purpose: 'personal_branding' } },
  { parameters: { background: 'city', purpose: 'passport_like' } }
]

const photos = process.argv.slice(2).map((path) => resolve(path))
const runtime = await electronRuntime((line) => console.error(line))
if (photos.length === 0 || !runtime) {
  console.error(runtime ? 'Name at least one photo.' : 'There is no Electron; the reason is told above.')
  process.exit(2)
}
const folder = await mkdtemp(join(tmpdir(), 'studio-screens-'))
await mkdir(OUT, { recursive: true })
const app = await _electron.launch({
  executablePath: runtime.executable,
  chromiumSandbox: process.getuid?.() !== 0,
  args: [`--user-data-dir=${join(folder, 'profile')}`, '--lang=en', '.'],
  env: { ...environment(), APEX_DATA_FOLDER: join(folder, 'data') }
})
try {
  const page = await app.firstWindow()
  await page.waitForSelector('.frame')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await photograph(page)
} finally {
  await app.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

async function photograph(page: Page): Promise<void> {
  const studio = createStudioClient({
    mediaBase: 'studio-media://',
    call: (request) => page.evaluate((asked) => window.studio.call(asked), request),
    listen: () => () => undefined
  })
  const shoot = async (name: string, settle = 1500) => {
    await page.waitForTimeout(settle)
    await page.screenshot({ path: join(OUT, `${name}.jpg`), type: 'jpeg', quality: 82 })
    console.log(name)
  }
  await studio.call('settings.set', { change: { language: 'en' } })
  await shoot('welcome')
  const { accepted } = await studio.call('photos.import', {
    sources: photos.map((path) => ({ kind: 'path' as const, path }))
  })
  const [first] = accepted
  if (!first) throw new Error('None of the photos could be used.')
  await page
    .getByRole('button', { name: new RegExp(first.name) })
    .first()
    .click()
  await page.waitForSelector('.swatch-picture img')
  await shoot('prepare', 20_000)
  const { jobs } = await studio.call('jobs.submit', {
    orders: ORDERS.map((order) => ({ ...order, photoIds: [first._id], seed: 7 }))
  })
  const ids = jobs.map((job) => job._id)
  await page.keyboard.press('Control+5')
  await page.waitForTimeout(6000)
  await shoot('queue')
  await page.keyboard.press('Escape')
  for (const id of ids) await ended(id)
  for (const [index, id] of ids.entries()) {
    const change = { stars: [5, 4, 3, 0][index] ?? 0, flag: index === 0 ? ('pick' as const) : ('none' as const) }
    await studio.call('jobs.rate', { targets: [{ jobId: id }], change })
  }
  await page.keyboard.press('Control+2')
  const grid = page.getByRole('listbox')
  await grid.focus()
  await page.keyboard.press('End')
  await shoot('gallery')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(1000)
  await page.keyboard.press('o')
  await shoot('attempts')
  await page.keyboard.press('o')
  await page.keyboard.press('c')
  await page.waitForTimeout(1000)
  await page.keyboard.press('\\')
  await shoot('compare')
  await page.keyboard.press('Control+2')
  await page.keyboard.press('g')
  await grid.focus()
  await page.keyboard.press('Home')
  await page.getByRole('button', { name: 'Report', exact: true }).click()
  await shoot('report')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+4')
  await page.getByText('All passed').click()
  await shoot('deliver')
  await page.keyboard.press('Control+,')
  await page.getByRole('tab', { name: 'Engines' }).click()
  await shoot('settings')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await shoot('shortcuts')

  async function ended(id: string): Promise<void> {
    const until = performance.now() + JOB_MS
    while (performance.now() < until) {
      const { status } = await studio.call('jobs.get', { id })
      if (status === 'completed' || status === 'failed') return
      await page.waitForTimeout(500)
    }
    throw new Error(`Job ${id} did not end.`)
  }
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  )
}

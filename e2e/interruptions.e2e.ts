import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Notice } from '../src/contract/studio/events.ts'
import { ended, photoOf, submit } from './portrait-story.ts'
import { launchStudio, removeFolder, type StudioApp } from './studio-app.ts'

const SAMPLE = join('node_modules', '@vladmandic', 'face-api', 'demo', 'sample1.jpg')

test.setTimeout(400_000)

let studio: StudioApp
test.beforeEach(async () => {
  studio = await launchStudio()
})
test.afterEach(async () => {
  await studio.quit().catch(() => undefined)
  await removeFolder(studio.folder)
})

/** Resolves when the job is at a step. */
async function at(step: string): Promise<void> {
  await new Promise<void>((reached) => {
    studio.studio.subscribe('job.progress', (progress) => progress.step === step && reached())
  })
}

const enginePids = () =>
  studio.app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .flatMap(({ type, name, pid }) => (type === 'Utility' && name?.startsWith('Engine') ? [pid] : []))
  )

const isAlive = (pid: number) => spawnSync('kill', ['-0', String(pid)]).status === 0

test('a job that was interrupted by quitting goes on at the next start, at its step and with its seed', async () => {
  const photo = await photoOf(studio.studio, SAMPLE, 1)
  const generating = at('generate')
  const id = await submit(studio.studio, photo)
  await generating
  const engines = await enginePids()
  expect(engines.length).toBeGreaterThan(0)
  await studio.quit()
  for (const pid of engines) expect(isAlive(pid)).toBe(false)
  studio = await launchStudio({ folder: studio.folder })
  const before = await studio.studio.call('jobs.get', { id })
  expect(['pending', 'processing']).toContain(before.status)
  const job = await ended(studio.studio, id)
  expect(job.error).toBeNull()
  expect(job.attempts[0]).toMatchObject({ number: 1, seed: 7 })
  expect(job.attempts.map(({ number }) => number)).toEqual(job.attempts.map((_, index) => index + 1))
  expect(studio.complaints).toEqual([])
})

test('quitting while it starts ends it', async () => {
  for (let round = 0; round < 4; round++) {
    await studio.quit()
    studio = await launchStudio({ folder: studio.folder })
  }
})

test('an engine that dies is told, and costs the job no attempt', async () => {
  const notices: Notice[] = []
  studio.studio.subscribe('notice', (notice) => void notices.push(notice))
  const photo = await photoOf(studio.studio, SAMPLE, 1)
  const generating = at('generate')
  const id = await submit(studio.studio, photo)
  await generating
  for (const pid of await enginePids()) process.kill(pid, 'SIGKILL')
  const job = await ended(studio.studio, id)
  expect(job.error).toBeNull()
  expect(job.setbacks).toMatchObject([{ step: 'generate', attempt: 1 }])
  await expect
    .poll(() => notices.find(({ code }) => code === 'engine-out-of-memory' || code === 'engine-crashed'))
    .toMatchObject({ level: 'warning', jobId: id, hint: expect.any(String) })
  expect(studio.page.isClosed()).toBe(false)
})

test('a page that crashes is drawn anew and told, while jobs go on', async () => {
  const photo = await photoOf(studio.studio, SAMPLE, 1)
  const generating = at('generate')
  const id = await submit(studio.studio, photo)
  await generating
  await studio.app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const drawn = new Promise<void>((done) => window?.webContents.once('did-finish-load', () => done()))
    window?.webContents.forcefullyCrashRenderer()
    await drawn
  })
  const said = await studio.app.evaluate(
    ({ BrowserWindow }, job) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(`(async () => {
        const answer = await window.studio.call({ name: 'jobs.get', params: { id: ${JSON.stringify(job)} }, task: null })
        // The page's own listener is the one that hears what was told before it: what it shows is what counts.
        const told = () => [...document.querySelectorAll('.toast')].some((each) => each.textContent.includes('had to be drawn anew'))
        for (let waited = 0; waited < 400 && !told(); waited += 1) await new Promise((next) => setTimeout(next, 50))
        return { ok: answer.ok, told: told() }
      })()`),
    id
  )
  expect(said).toEqual({ ok: true, told: true })
  const status = async () =>
    await studio.app.evaluate(
      ({ BrowserWindow }, job) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `window.studio.call({ name: 'jobs.get', params: { id: ${JSON.stringify(job)} }, task: null }).then((answer) => answer.result.status)`
        ),
      id
    )
  await expect.poll(status, { timeout: 240_000, intervals: [500] }).toMatch(/completed|failed/)
})

test('a second studio hands over to the first', async () => {
  const electron = process.env.STUDIO_TEST_ELECTRON ?? ''
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const second = spawnSync(electron, [...root, `--user-data-dir=${join(studio.folder, 'profile')}`, '.'], {
    env: { ...process.env, APEX_DATA_FOLDER: join(studio.folder, 'data') },
    timeout: 30_000
  })
  expect(second.status).toBe(0)
  expect(await studio.studio.call('studio.describe', {})).toMatchObject({ desktop: true })
})

test('the window opens where it was', async () => {
  const wanted = { x: 33, y: 44, width: 1150, height: 720 }
  const size = () =>
    studio.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      return window?.isVisible() ? window.getSize() : null
    })
  // The display answers later than the call that asks for other bounds.
  await expect.poll(size).not.toBeNull()
  await studio.app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), wanted)
  await expect.poll(size).toEqual([wanted.width, wanted.height])
  await studio.quit()
  studio = await launchStudio({ folder: studio.folder })
  await expect.poll(size).toEqual([wanted.width, wanted.height])
})

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { writeTinyFlux } from '../scripts/models/tiny-flux/write-tiny-flux.ts'
import { ended, photoOf, submit } from './portrait-story.ts'
import { launchStudio, removeFolder, type StudioApp } from './studio-app.ts'

const SAMPLE = join('node_modules', '@vladmandic', 'face-api', 'demo', 'sample1.jpg')
/** A step takes long enough to be interrupted in it. */
const IDLE_WORK = 300

test.setTimeout(400_000)

let studio: StudioApp
test.beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studio-e2e-flux-'))
  const model = join(folder, 'data', 'models', 'flux2-klein-4b')
  await writeTinyFlux(model, 'flux2-klein', { io: 'float32', idleWork: IDLE_WORK })
  studio = await launchStudio({ folder })
})
test.afterEach(async () => {
  await studio.quit().catch(() => undefined)
  await removeFolder(studio.folder)
})

const fluxPids = () =>
  studio.app.evaluate(({ app }) =>
    app.getAppMetrics().flatMap(({ type, name, pid }) => (type === 'Utility' && name === 'Engine flux' ? [pid] : []))
  )

test('a FLUX model paints in a process of its own, shows how, and loses nothing when it is killed in mid-step', async () => {
  const photo = await photoOf(studio.studio, SAMPLE, 1)
  const previews = new Set<string>()
  const painting = new Promise<void>((reached) => {
    studio.studio.subscribe('job.progress', ({ activity, preview }) => {
      if (preview !== null) previews.add(preview)
      if (activity === 'Painting') reached()
    })
  })
  const id = await submit(studio.studio, photo, 1)
  await painting
  const pids = await fluxPids()
  expect(pids).toHaveLength(1)
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  const job = await ended(studio.studio, id)
  expect(job.error).toBeNull()
  expect(job.engines?.generator).toMatchObject({ engine: 'flux', kind: 'generative' })
  expect(job.setbacks).toMatchObject([{ step: 'generate', attempt: 1 }])
  expect(job.attempts).toHaveLength(1)
  const row = (wanted: string) => job.attempts[0]?.judgement?.ledger.find(({ id: name }) => name === wanted)
  expect(row('face-count')?.outcome).toBe('passed')
  expect(row('size')?.outcome).toBe('passed')
  expect(previews.size).toBeGreaterThan(0)
  expect(studio.page.isClosed()).toBe(false)
  expect(studio.complaints).toEqual([])
})

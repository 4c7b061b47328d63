import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { writeTinyFlux } from '../scripts/models/tiny-flux/write-tiny-flux.ts'
import { buildTinyVlm } from '../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { TINY_JUDGE } from '../scripts/models/tiny-vlm/sample-tiny-vlm.ts'
import { ended, photoOf, submit } from './portrait-story.ts'
import { launchStudio, removeFolder, type StudioApp } from './studio-app.ts'

const SAMPLE = join('node_modules', '@vladmandic', 'face-api', 'demo', 'sample1.jpg')
/** A step takes long enough to be interrupted in it. */
const IDLE_WORK = 300

test.setTimeout(400_000)

let studio: StudioApp
test.beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studio-e2e-flux-'))
  const models = join(folder, 'data', 'models')
  await writeTinyFlux(join(models, 'flux2-klein-4b'), 'flux2-klein', { io: 'float32', idleWork: IDLE_WORK })
  await buildTinyVlm(join(models, 'tiny-judge'), TINY_JUDGE)
  studio = await launchStudio({ folder })
})
test.afterEach(async () => {
  await studio.quit().catch(() => undefined)
  await removeFolder(studio.folder)
})

/** The processes of models, as Electron lists them. */
async function modelProcesses(): Promise<{ readonly name: string; readonly pid: number }[]> {
  const metrics = await studio.app.evaluate(({ app }) => app.getAppMetrics())
  return metrics.flatMap(({ type, name, pid }) =>
    type === 'Utility' && (name === 'Engine flux' || name === 'Engine vlm') ? [{ name, pid }] : []
  )
}

test('one model paints and another judges, each in a process of its own, and nothing is lost when both are killed in mid-step', async () => {
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
  const processes = await modelProcesses()
  // Prompts are measured in another process of the role than the one that paints, as long as that is needed.
  expect([...new Set(processes.map(({ name }) => name))].sort()).toEqual(['Engine flux', 'Engine vlm'])
  for (const { pid } of processes) process.kill(pid, 'SIGKILL')
  const job = await ended(studio.studio, id)
  expect(job.error).toBeNull()
  expect(job.engines).toMatchObject({ generator: { engine: 'flux', kind: 'generative' }, vlm: { engine: 'local' } })
  expect(job.setbacks).toMatchObject([{ step: 'generate', attempt: 1 }])
  expect(job.attempts).toHaveLength(1)
  const row = (wanted: string) => job.attempts[0]?.judgement?.ledger.find(({ id: name }) => name === wanted)
  expect(row('face-count')?.outcome).toBe('passed')
  expect(row('size')?.outcome).toBe('passed')
  const judges = new Set(job.attempts[0]?.judgement?.ledger.map(({ measuredBy }) => measuredBy.engine))
  expect([...judges]).toEqual(expect.arrayContaining(['measurements', 'local']))
  expect(previews.size).toBeGreaterThan(0)
  expect(studio.page.isClosed()).toBe(false)
  expect(studio.complaints).toEqual([])
})

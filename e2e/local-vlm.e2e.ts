import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { buildTinyVlm } from '../scripts/models/tiny-vlm/build-tiny-vlm.ts'
import { TINY_WRITER } from '../scripts/models/tiny-vlm/tiny-writer.ts'
import { listenToEngines } from './engine-output.ts'
import { ended, photoOf, submit } from './portrait-story.ts'
import { launchStudio, removeFolder, type StudioApp } from './studio-app.ts'

const SAMPLE = join('node_modules', '@vladmandic', 'face-api', 'demo', 'sample1.jpg')

test.setTimeout(400_000)

/** It knows one background, which the pictures here do not have: it is not asked about theirs. */
const WRITER = { ...TINY_WRITER, sights: TINY_WRITER.sights.filter(({ word }) => word !== 'background') }
/** How GLib tells that two of its kind are in one process: https://docs.gtk.org/glib/logging.html */
const GLIB_COMPLAINT = /^.*\b(?:GLib|GLib-GObject|GObject)-(?:CRITICAL|WARNING|ERROR)\b.*$/gm

let studio: StudioApp
/** What Electron itself has printed. */
let printed = ''
test.beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'studio-e2e-vlm-'))
  await buildTinyVlm(join(folder, 'data', 'models', 'tiny-writer'), WRITER)
  studio = await launchStudio({ folder })
  printed = ''
  studio.app.process().stderr?.on('data', (bytes: Buffer) => {
    printed += bytes
  })
})
test.afterEach(async () => {
  await studio.quit().catch(() => undefined)
  await removeFolder(studio.folder)
})

/** The process of the model, as Electron lists it; null while there is none. */
const processOfModel = () =>
  studio.app.evaluate(({ app }) => {
    const metrics = app.getAppMetrics()
    return metrics.find(({ type, name }) => type === 'Utility' && name === 'Engine vlm')?.pid ?? null
  })

test('a model on this machine writes and judges in a process of its own, whose end costs the job nothing', async () => {
  const engineOutput = await listenToEngines(studio)
  const { engines } = await studio.studio.call('engines.list', {})
  expect(engines.find(({ engine }) => engine === 'local')).toMatchObject({ preferred: true, label: /tiny-writer/ })
  expect(await processOfModel()).toBeNull()
  const id = await submit(studio.studio, await photoOf(studio.studio, SAMPLE, 1))
  await expect.poll(processOfModel, { timeout: 240_000, intervals: [20] }).not.toBeNull()
  const first = await processOfModel()
  if (first !== null) process.kill(first, 'SIGKILL')

  const job = await ended(studio.studio, id)
  expect(job.error).toBeNull()
  expect(job.setbacks).toMatchObject([{ step: 'brief' }])
  const second = await processOfModel()
  expect(second).not.toBeNull()
  expect(second).not.toBe(first)
  const rows = job.attempts[0]?.judgement?.ledger ?? []
  expect(job.attempts[0]?.brief).toMatchObject({
    prompt: expect.stringContaining('Keep the face, hair and skin exactly')
  })
  expect(job.attempts[0]?.brief.note).toBeUndefined()
  const judged = rows.filter(({ source, measuredBy }) => source === 'vlm' && measuredBy.engine === 'local')
  expect(judged.map(({ outcome }) => outcome)).toContain('passed')
  expect(rows.some(({ source }) => source === 'measured')).toBe(true)
  expect(studio.page.isClosed()).toBe(false)
  // The library of models finds the studio's own sharp, which brings no second GLib into Electron.
  const heard = await engineOutput.read()
  expect(heard).toMatch(/MODULE/)
  expect(`${heard}\n${printed}`.match(GLIB_COMPLAINT) ?? []).toEqual([])
  expect(studio.complaints).toEqual([])
})

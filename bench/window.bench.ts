/**
 * Cold start of the built studio, from the start of its process until its page can be used, beside an empty window of the
 * same Electron, in turns. The page counts as usable when it has been loaded and the studio has answered it. Build first;
 * needs a display. Run it with `npm run bench -- window`.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { _electron } from 'playwright'
import { electronRuntime } from '../scripts/electron/runtime.ts'

const ROUNDS = 5
const WANTED_RATIO = 1.5
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : []

const EMPTY_APP = `import { app, BrowserWindow } from 'electron'
app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900 }).loadURL('data:text/html,<h1>empty</h1>'))
`

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

async function startOf(executablePath: string, app: string, profile: string, isStudio: boolean): Promise<number> {
  const environment = { ...process.env, APEX_DATA_FOLDER: join(profile, 'data') }
  const env = Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  const began = performance.now()
  const started = await _electron.launch({ executablePath, args: [...AS_ROOT, `--user-data-dir=${profile}`, app], env })
  const page = await started.firstWindow()
  await page.waitForLoadState('load')
  if (isStudio) {
    await page.evaluate(() => window.studio.call({ name: 'jobs.list', params: {}, task: null }))
  }
  const took = performance.now() - began
  await started.close()
  return took
}

const runtime = await electronRuntime((line) => console.error(line))
if (!runtime) throw new Error('There is no Electron to measure with.')
const folder = await mkdtemp(join(tmpdir(), 'apex-bench-window-'))
try {
  const empty = join(folder, 'empty')
  await mkdir(empty)
  await writeFile(
    join(empty, 'package.json'),
    JSON.stringify({ name: 'empty', version: '1.0.0', type: 'module', main: 'main.js' })
  )
  await writeFile(join(empty, 'main.js'), EMPTY_APP)
  const times: { readonly studio: number[]; readonly empty: number[] } = { studio: [], empty: [] }
  for (let round = 0; round <= ROUNDS; round += 1) {
    const blank = await startOf(runtime.executable, empty, join(folder, 'empty-profile'), false)
    const studio = await startOf(runtime.executable, '.', join(folder, 'studio-profile'), true)
    // The first one fills the system's own caches.
    if (round === 0) continue
    times.empty.push(blank)
    times.studio.push(studio)
  }
  const [studio, blank] = [median(times.studio), median(times.empty)]
  console.log(`empty window            ${blank.toFixed(0)} ms`)
  console.log(`studio, page answered   ${studio.toFixed(0)} ms`)
  console.log(`ratio                   ${(studio / blank).toFixed(2)}, wanted at most ${WANTED_RATIO}`)
} finally {
  await rm(folder, { recursive: true, force: true })
}

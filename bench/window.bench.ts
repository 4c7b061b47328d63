/**
 * Cold start of the built studio over a store of 10,000 attempts, from the start of its process until its first screen
 * can be used, beside an empty window of the same Electron, in turns. Either page sets a mark when it has been drawn
 * and is free to hear input: the studio's when its first screen stands and what it shows has been read from the store.
 * What is later counts, the mark or the first paint with content. Nothing is attached to either until then. Run it with `npm run bench -- window`.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { electronRuntime } from '../scripts/electron/runtime.ts'
import { fillStore } from './window/filled-store.ts'
import { median } from './window/statistics.ts'

const ROUNDS = 9
const WANTED = 1.5
const PLAIN = join('bench', 'window', 'plain-window')
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const MARK = 'studio-usable'
const POLL_MS = 100
const PATIENCE_MS = 60_000

async function remotePort(profile: string): Promise<number> {
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')
    const port = Number.parseInt(text, 10)
    if (port > 0) return port
    await sleep(POLL_MS)
  }
  throw new Error('Electron did not start.')
}

/** When the page was usable, milliseconds of the system's clock. */
async function usableAt(profile: string): Promise<number> {
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await remotePort(profile)}`)
  try {
    for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
      const page = browser.contexts()[0]?.pages()[0]
      const at = await page?.evaluate((name) => {
        const [usable] = performance.getEntriesByName(name)
        const [painted] = performance.getEntriesByName('first-contentful-paint')
        return usable ? performance.timeOrigin + Math.max(usable.startTime, painted?.startTime ?? 0) : null
      }, MARK)
      if (at) return at
      await sleep(POLL_MS)
    }
    throw new Error('The page never said that it can be used.')
  } finally {
    await browser.close()
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

const runtime = await electronRuntime((line) => console.error(line))
if (!runtime) throw new Error('There is no Electron to measure with.')
const { executable } = runtime
const folder = await mkdtemp(join(tmpdir(), 'apex-bench-window-'))

async function startOf(app: string, name: string): Promise<number> {
  const profile = join(folder, name)
  await rm(join(profile, 'DevToolsActivePort'), { force: true })
  const env = { ...process.env, APEX_DATA_FOLDER: join(folder, 'data') }
  const began = Date.now()
  const child = spawn(executable, [...AS_ROOT, '--remote-debugging-port=0', `--user-data-dir=${profile}`, app], {
    env,
    stdio: 'ignore'
  })
  // Whoever asks takes time from who is asked: both are left alone until they have mostly started.
  await sleep(SETTLE_MS)
  const took = (await usableAt(profile)) - began
  await end(child)
  return took
}

/** Longer than a start takes on a machine that has nothing else to do. */
const SETTLE_MS = 2_500

try {
  await fillStore(join(folder, 'data'))
  const rounds: { readonly plain: number; readonly studio: number }[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const plain = await startOf(PLAIN, 'plain')
    const studio = await startOf('.', 'studio')
    // The first one fills the system's own caches.
    if (round > 0) rounds.push({ plain, studio })
  }
  const of = (figure: (round: (typeof rounds)[number]) => number) => median(rounds.map(figure))
  console.log(`empty window            ${of(({ plain }) => plain).toFixed(0)} ms`)
  console.log(`studio, usable          ${of(({ studio }) => studio).toFixed(0)} ms`)
  console.log(
    `ratio                   ${of(({ plain, studio }) => studio / plain).toFixed(2)}, wanted at most ${WANTED}`
  )
  console.log(`load                    ${loadavg()[0]?.toFixed(1)}`)
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

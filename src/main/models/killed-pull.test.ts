import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readInstalled } from './install/read-installed.ts'
import { ModelFolders } from './model-folders.ts'
import { expectNoLie } from './testing/expect-no-lie.fixture.ts'
import { openTestHub, type TestHub } from './testing/test-hub.fixture.ts'
import { TINY_MODEL, TINY_PATHS, tinyFiles } from './testing/tiny-model.fixture.ts'

const KILLS = 20
/** So that all kills together fall well within it. */
const MOST_BYTES_BETWEEN = 150_000
const files = tinyFiles(3_000_000)
const whole = TINY_PATHS.reduce((sum, path) => sum + (files[path]?.length ?? 0), 0)

let folder = ''
let hub: TestHub
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killed-pull-'))
  hub = await openTestHub(files)
  await mkdir(join(folder, 'models'))
  const own = { schemaVersion: 1, models: [TINY_MODEL] }
  await writeFile(join(folder, 'models', 'model-catalogue.json'), JSON.stringify(own))
})
afterAll(async () => {
  await hub.close()
  await rm(folder, { recursive: true, force: true })
})

function run(...args: readonly string[]): ChildProcess {
  const program = fileURLToPath(new URL('testing/models-process.fixture.ts', import.meta.url))
  return spawn(process.execPath, ['--import', 'tsx', program, 'models', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, APEX_DATA_FOLDER: folder, HF_ENDPOINT: hub.url, NO_PROXY: '127.0.0.1' }
  })
}

async function exitOf(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, 'exit')
  return code
}

it(`models pull is killed ${KILLS} times at any byte, never claims one that is not there, and ends verified`, async () => {
  const [amounts = []] = fc.sample(
    fc.array(fc.integer({ min: 1, max: MOST_BYTES_BETWEEN }), { minLength: KILLS, maxLength: KILLS }),
    { numRuns: 1, seed: 20 }
  )
  let claimed = 0
  for (const [index, amount] of amounts.entries()) {
    const paused = hub.pauseAfter(amount)
    const child = run('pull', TINY_MODEL.id)
    const exited = exitOf(child)
    await paused
    // Every other time it may note all that came; else it is killed in the middle of whatever it is at.
    if (index % 2 === 1) {
      const before = claimed
      await expect.poll(() => expectNoLie(folder, files), { timeout: 60_000, interval: 50 }).toBe(before + amount)
    }
    child.kill('SIGKILL')
    await exited
    hub.resume()
    const now = await expectNoLie(folder, files)
    expect(now).toBeGreaterThanOrEqual(claimed)
    claimed = now
  }
  expect(await readInstalled(new ModelFolders(folder).installed(TINY_MODEL.id))).toBeNull()

  const before = hub.served
  expect(await exitOf(run('pull', TINY_MODEL.id))).toBe(0)
  expect(hub.served - before).toBe(whole - claimed)
  for (const path of TINY_PATHS) {
    const there = await readFile(join(new ModelFolders(folder).installed(TINY_MODEL.id), path))
    expect(there.equals(files[path] ?? Buffer.of(1)), path).toBe(true)
  }
  expect(await exitOf(run('verify', TINY_MODEL.id))).toBe(0)
}, 600_000)

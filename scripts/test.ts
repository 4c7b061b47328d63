import { spawn } from 'node:child_process'
import { access, mkdir, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { serverJars } from '../src/main/testing/mongo-server/server-jars.ts'

/**
 * The test command: builds what is missing, then unit and integration tests, then the end-to-end tests in real
 * Electron where a display and the runtime can be had. Reports lie in `test-results/*.json`.
 */

const RESULTS = 'test-results'

function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

const npmRun = (script: string, ...args: readonly string[]) =>
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', script, ...args])

async function onPath(program: string): Promise<boolean> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const found = await access(join(folder, program)).then(
      () => true,
      () => false
    )
    if (found) return true
  }
  return false
}

/** How to reach a display; null where none can be had. */
async function display(): Promise<{ command: string; args: readonly string[] } | null> {
  const playwright = ['playwright', 'test', '--config', 'e2e/playwright.config.ts']
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) {
    return { command: 'npx', args: playwright }
  }
  return (await onPath('xvfb-run')) ? { command: 'xvfb-run', args: ['-a', 'npx', ...playwright] } : null
}

async function endToEnd(): Promise<number> {
  const shown = await display()
  if (!shown) {
    console.log(
      'SKIPPED end-to-end tests: there is no display, and no xvfb-run to make one (Debian: apt-get install xvfb xauth).'
    )
    return process.env.CI ? 1 : 0
  }
  const runtime = await run('npx', ['tsx', 'scripts/electron/ensure-runtime.ts'])
  if (runtime !== 0) {
    console.log('SKIPPED end-to-end tests: no Electron runtime can be had here; see above.')
    return process.env.CI ? 1 : 0
  }
  return await run(shown.command, shown.args)
}

await rm(RESULTS, { recursive: true, force: true })
await mkdir(RESULTS, { recursive: true })
/** Before the tests, several of which would otherwise fetch it at once; they say themselves what is missing. */
async function mongoServer(): Promise<number> {
  await serverJars().catch(() => undefined)
  return 0
}

const steps: readonly (() => Promise<number>)[] = [
  () => npmRun('resources'),
  () => npmRun('build'),
  mongoServer,
  () =>
    run('npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}/unit.json`]),
  endToEnd
]
let failed = false
for (const [index, step] of steps.entries()) {
  const code = await step()
  if (code !== 0) failed = true
  // Without resources or a build nothing after it can pass.
  if (code !== 0 && index < 2) break
}
process.exitCode = failed ? 1 : 0

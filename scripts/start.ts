import { spawnSync } from 'node:child_process'
import { electronRuntime } from './electron/runtime.ts'

/** Opens the studio that `npm run build` has made. */

const isLinux = process.platform === 'linux'
const hasDisplay = !isLinux || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
/** Chromium's sandbox refuses to run as root; nobody but a container or a test does that. */
const isRoot = isLinux && process.getuid?.() === 0

const NO_DISPLAY = [
  'There is no display to open a window on. Start the studio from a desktop session, or on a machine without one use',
  'xvfb-run -a npm start, or the command line: npm run portrait -- photo.jpg'
]
const LIBRARIES_MISSING = [
  'Electron needs libraries that are not installed here. On Debian and Ubuntu:',
  'apt-get install libgtk-3-0 libnss3 libasound2 libgbm1 libatk-bridge2.0-0 libcups2 libdrm2 libxkbcommon0'
]
const SANDBOX_FORBIDDEN = [
  'Electron could not start. Where the system forbids Chromium’s sandbox (Ubuntu 24.04 does so for programs it does',
  'not know), allow unprivileged user namespaces, or start without it: ELECTRON_DISABLE_SANDBOX=1 npm start'
]

/** A studio that ends this soon has not opened its window. */
const AT_ONCE_MS = 3000

const say = (...lines: readonly string[]) => console.error(lines.join('\n'))

function open(executable: string): number {
  const args = [...(isRoot ? ['--no-sandbox'] : []), '.', ...process.argv.slice(2)]
  // Set by some editors' terminals, it would turn Electron into a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const startedAt = performance.now()
  const { status, signal } = spawnSync(executable, args, { stdio: 'inherit', env })
  const atOnce = performance.now() - startedAt < AT_ONCE_MS
  // 127 is the dynamic linker's (man 8 ld.so); SIGTRAP ends a Chromium that gives up.
  if (isLinux && status === 127) say(...LIBRARIES_MISSING)
  if (isLinux && signal === 'SIGTRAP' && atOnce) say(...SANDBOX_FORBIDDEN)
  return status ?? 1
}

async function start(): Promise<number> {
  if (!hasDisplay) {
    say(...NO_DISPLAY)
    return 1
  }
  const runtime = await electronRuntime(say)
  if (!runtime) return 1
  say(`Opening the studio in ${runtime.label}.`)
  if (isRoot) say('Running as root, so without Chromium’s sandbox.')
  return open(runtime.executable)
}

process.exitCode = await start()

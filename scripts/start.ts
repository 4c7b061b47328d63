import { spawnSync } from 'node:child_process'
import { electronRuntime } from './electron/runtime.ts'
import { serveInstead } from './serve-instead.ts'

/** Opens the studio that `npm run build` has made: in a window, or in a browser where there can be none. */

const isLinux = process.platform === 'linux'
const hasDisplay = !isLinux || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
/** Chromium's sandbox refuses to run as root; nobody but a container or a test does that. */
const isRoot = isLinux && process.getuid?.() === 0

const NO_DISPLAY = 'There is no display to open a window on, so the studio is served to browsers instead.'
const NO_ELECTRON = 'There is no Electron to open a window with, so the studio is served to browsers instead.'
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

/** The exit status; null where the system does not let Electron run, the reason told. */
function open(executable: string): number | null {
  const args = [...(isRoot ? ['--no-sandbox'] : []), '.', ...process.argv.slice(2)]
  // Set by some editors' terminals, it would turn Electron into a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const startedAt = performance.now()
  const { status, signal } = spawnSync(executable, args, { stdio: 'inherit', env })
  const atOnce = performance.now() - startedAt < AT_ONCE_MS
  // 127 is the dynamic linker's (man 8 ld.so); SIGTRAP ends a Chromium that gives up.
  const lacksLibraries = isLinux && status === 127
  const lacksSandbox = isLinux && signal === 'SIGTRAP' && atOnce
  if (lacksLibraries) say(...LIBRARIES_MISSING)
  if (lacksSandbox) say(...SANDBOX_FORBIDDEN)
  return lacksLibraries || lacksSandbox ? null : (status ?? 1)
}

async function start(): Promise<number> {
  const runtime = hasDisplay ? await electronRuntime(say) : null
  if (!runtime) {
    say(hasDisplay ? NO_ELECTRON : NO_DISPLAY)
    return await serveInstead(hasDisplay)
  }
  say(`Opening the studio in ${runtime.label}.`)
  if (isRoot) say('Running as root, so without Chromium’s sandbox.')
  const status = open(runtime.executable)
  if (status !== null) return status
  say(NO_ELECTRON)
  return await serveInstead(hasDisplay)
}

process.exitCode = await start()

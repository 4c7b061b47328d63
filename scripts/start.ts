import { spawnSync } from 'node:child_process'
import { electronRuntime } from './electron/runtime.ts'

/** Opens the studio that `npm run build` has made. */
const say = (line: string) => console.error(line)

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
}

/** Chromium's sandbox refuses to run as root; nobody but a container or a test does that. */
const isRoot = process.platform === 'linux' && process.getuid?.() === 0

const runtime = hasDisplay() ? await electronRuntime(say) : null
if (!hasDisplay()) {
  say(
    'There is no display to open a window on. Start the studio from a desktop session, or on a machine without one use'
  )
  say('xvfb-run -a npm start, or the command line: npm run portrait -- photo.jpg')
  process.exitCode = 1
} else if (!runtime) {
  process.exitCode = 1
} else {
  say(`Opening the studio in ${runtime.label}.`)
  if (isRoot) say('Running as root, so without Chromium’s sandbox.')
  const args = [...(isRoot ? ['--no-sandbox'] : []), '.', ...process.argv.slice(2)]
  const { status } = spawnSync(runtime.executable, args, { stdio: 'inherit' })
  process.exitCode = status ?? 1
}

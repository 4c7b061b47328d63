import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPythonTools, type Outcome } from '../testing/python-tools.ts'

const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url))

/** A stream of events has no end; that a file is a photo, and a cursor one that was given out, no schema can say. */
const LEFT_OUT = ['--exclude-path-regex', '/events$', '--exclude-checks', 'positive_data_acceptance']

/** Of data that does not fit; 413 where an address made of it is longer than headers may be. */
const REFUSALS = ['400', '401', '403', '404', '405', '406', '409', '413', '415', '422', '429']

export interface FuzzOptions {
  /** A folder for its settings and findings. */
  readonly folder: string
  /** Further ones of its command line, e.g. how many cases. */
  readonly args: readonly string[]
  /** A job that is there: its id stands for every id, so that what lies behind one is reached. */
  readonly job?: string
  /** Its findings go to the terminal as they come. */
  readonly shown?: boolean
}

export interface Fuzzer {
  /** Code 0 where no answer is a 500, nor one that the description of the server at this address does not have. */
  fuzz(address: string, options: FuzzOptions): Promise<Outcome>
}

/** @throws where Python with venv or its registry cannot be had. */
export async function installFuzzer(): Promise<Fuzzer> {
  const { script } = await installPythonTools('fuzzer', REQUIREMENTS)
  return {
    async fuzz(address, { folder, args, job, shown = false }) {
      await writeFile(join(folder, 'schemathesis.toml'), settings(job))
      const all = ['run', `${address}/openapi.json`, '--continue-on-failure', ...LEFT_OUT, ...args]
      return await script('schemathesis', all, {
        folder,
        shown,
        environment: { ...process.env, NO_PROXY: '127.0.0.1' }
      })
    }
  }
}

function settings(job: string | undefined): string {
  if (job === undefined) {
    return `[checks]\nnegative_data_rejection.expected-statuses = ${JSON.stringify(REFUSALS)}\n`
  }
  // A wrong id is then replaced by the right one, and accepted.
  return `[checks]\nnegative_data_rejection.enabled = false\n[parameters]\n"path.id" = ${JSON.stringify(job)}\n`
}

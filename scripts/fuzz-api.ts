import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/**
 * Fuzzes the REST server with schemathesis (https://schemathesis.io, `pip install schemathesis`) from its own OpenAPI
 * description: `npm run fuzz`, or `npm run fuzz -- --max-examples 500`. Once with ids of its own making, once with a
 * job that is there. Fails on any 500 and on any answer that the description does not have.
 */

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const SAMPLE = beside('../resources/sample/eileen-collins.jpg')
/** 2,000 cases in all. */
const EXAMPLES = ['--max-examples', '60']
/** A stream of events has no end; that a file is a photo, and a cursor one that was given out, no schema can say. */
const LEFT_OUT = ['--exclude-path-regex', '/events$', '--exclude-checks', 'positive_data_acceptance']

/** Of data that does not fit; 413 where an address made of it is longer than headers may be. */
const REFUSALS = ['400', '401', '403', '404', '405', '406', '409', '413', '415', '422', '429']

async function addressOf(errors: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(errors)) {
    const address = /http:\/\/[^\s"]+/.exec(line)?.[0]
    if (address !== undefined) return address
  }
  throw new Error('The server did not start.')
}

async function jobOf(address: string): Promise<string> {
  const form = new FormData()
  form.append('image_file', new File([await readFile(SAMPLE)], 'photo.jpg'))
  form.append('parameters', '{}')
  const answer: unknown = await (await fetch(`${address}/jobs`, { method: 'POST', body: form })).json()
  if (typeof answer === 'object' && answer !== null && 'job_id' in answer) return String(answer.job_id)
  throw new Error('The job was refused.')
}

function fuzz(address: string, folder: string, args: readonly string[]): number {
  const all = ['run', `${address}/openapi.json`, '--continue-on-failure', ...LEFT_OUT, ...args]
  const { status, error } = spawnSync('schemathesis', all, {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, NO_PROXY: '127.0.0.1' }
  })
  if (error) throw new Error('There is no schemathesis. Install it with: pip install schemathesis', { cause: error })
  return status ?? 1
}

const folder = await mkdtemp(join(tmpdir(), 'apex-fuzz-'))
const serve = [beside('../out/main/cli.js'), '--data', join(folder, 'data'), 'serve', '--port', '0']
const server = spawn(process.execPath, serve, { stdio: ['ignore', 'ignore', 'pipe'] })
const ended = new Promise<number | null>((resolve) => server.once('exit', resolve))
try {
  const address = await addressOf(server.stderr)
  server.stderr.resume()
  const args = process.argv.length > 2 ? process.argv.slice(2) : EXAMPLES
  const config = join(folder, 'schemathesis.toml')
  await writeFile(config, `[checks]\nnegative_data_rejection.expected-statuses = ${JSON.stringify(REFUSALS)}\n`)
  const statuses = [fuzz(address, folder, args)]
  // A wrong id is then replaced by the right one, and accepted.
  await writeFile(
    config,
    `[checks]\nnegative_data_rejection.enabled = false\n[parameters]\n"path.id" = "${await jobOf(address)}"\n`
  )
  statuses.push(fuzz(address, folder, args))
  if (statuses.some((status) => status !== 0)) process.exitCode = 1
} finally {
  server.kill('SIGINT')
  // A server that crashed on the way has not ended in peace.
  if ((await ended) !== 0) process.exitCode = 1
  await rm(folder, { recursive: true, force: true })
}

import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { installFuzzer } from './schemathesis.ts'

/**
 * Fuzzes the built server from its own OpenAPI description: `npm run fuzz`, or `npm run fuzz -- --max-examples 500`. Once
 * with ids of its own making, once with a job that is there. Fails on any 500 and on any answer that the description does
 * not have. Takes Python with venv, which fetches the fuzzer.
 */

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const SAMPLE = beside('../../resources/sample/eileen-collins.jpg')
/** 3,000 cases in all. */
const EXAMPLES = ['--max-examples', '60']

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

const fuzzer = await installFuzzer()
const folder = await mkdtemp(join(tmpdir(), 'apex-fuzz-'))
const serve = [beside('../../out/main/cli.js'), '--data', join(folder, 'data'), 'serve', '--port', '0']
const server = spawn(process.execPath, serve, { stdio: ['ignore', 'ignore', 'pipe'] })
const ended = new Promise<number | null>((resolve) => server.once('exit', resolve))
try {
  const address = await addressOf(server.stderr)
  server.stderr.resume()
  const args = process.argv.length > 2 ? process.argv.slice(2) : EXAMPLES
  const options = { folder, args, shown: true }
  const ofNoJob = await fuzzer.fuzz(address, options)
  const ofOneJob = await fuzzer.fuzz(address, { ...options, job: await jobOf(address) })
  if (ofNoJob.code !== 0 || ofOneJob.code !== 0) process.exitCode = 1
} finally {
  server.kill('SIGINT')
  // A server that crashed on the way has not ended in peace.
  if ((await ended) !== 0) process.exitCode = 1
  await rm(folder, { recursive: true, force: true })
}

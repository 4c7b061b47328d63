/**
 * Orders and status reads over HTTP: POST /jobs with a photo of one megabyte, durable, at 16 connections, beside a bare
 * loop that writes, syncs and renames the same megabyte, in turns; then status reads. Run it with `npm run bench -- http`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { load } from './http/connections.ts'
import { median, percentile } from './window/statistics.ts'

const CONNECTIONS = 16
const ROUNDS = 5
const POSTS = 400
const WRITES = 200
const READS = 8_000
const MEGABYTE = 1024 ** 2
const BOUNDARY = 'bench'
const WANTED = { share: 0.25, p99Ms: 150, readsPerSecond: 2_000 }

const sample = await readFile(fileURLToPath(new URL('../resources/sample/eileen-collins.jpg', import.meta.url)))

/** A photo of exactly a megabyte, each another: what follows the picture's end is not looked at. */
function photoOf(mark: number): Buffer {
  const photo = Buffer.alloc(MEGABYTE)
  sample.copy(photo)
  photo.writeUInt32BE(mark, MEGABYTE - 4)
  return photo
}

function formOf(mark: number): Buffer {
  const head = (name: string, more: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`
  return Buffer.concat([
    Buffer.from(head('image_file', '; filename="a.jpg"')),
    photoOf(mark),
    Buffer.from(`\r\n${head('parameters', '')}{}\r\n--${BOUNDARY}--\r\n`)
  ])
}

/** Writes a second. */
async function bareLoop(folder: string, round: number): Promise<number> {
  const bytes = photoOf(0)
  const began = performance.now()
  for (let index = 0; index < WRITES; index += 1) {
    const path = join(folder, `${round}-${index}`)
    const handle = await open(`${path}.part`, 'wx')
    await handle.write(bytes)
    await handle.sync()
    await handle.close()
    await rename(`${path}.part`, path)
  }
  return WRITES / ((performance.now() - began) / 1000)
}

/** Seconds of processor time that the server has taken so far, all its threads together. */
async function cpuOf(address: string): Promise<number> {
  const figures = await (await fetch(`${address}/metrics`)).text()
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(figures)?.[1])
}

const folder = await mkdtemp(join(tmpdir(), 'apex-bench-http-'))
const entry = fileURLToPath(new URL('./http/idle-server.ts', import.meta.url))
const server = spawn(process.execPath, ['--import', 'tsx', entry, join(folder, 'data')], {
  stdio: ['pipe', 'pipe', 'inherit']
})
try {
  const [address] = (await once(createInterface(server.stdout), 'line')) as [string]
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
  const post = (mark: number) => ({ method: 'POST' as const, path: '/jobs', headers, body: formOf(mark) })
  const cpuAtFirst = await cpuOf(address)
  const rounds: { readonly bare: number; readonly posts: number; readonly p99: number }[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const bare = await bareLoop(folder, round)
    const posted = await load(address, CONNECTIONS, POSTS, (index) => post(round * POSTS + index))
    // The first round only warms up.
    if (round > 0) rounds.push({ bare, posts: posted.perSecond, p99: percentile(posted.ms, 0.99) })
  }
  const of = (figure: (round: (typeof rounds)[number]) => number) => median(rounds.map(figure))
  const share = of(({ bare, posts }) => posts / bare)
  const p99 = of((round) => round.p99)
  console.log(`bare loop               ${of(({ bare }) => bare).toFixed(0)} writes a second`)
  console.log(
    `POST /jobs              ${of(({ posts }) => posts).toFixed(0)} a second, ${share.toFixed(2)} of the bare loop (wanted ${WANTED.share})`
  )
  console.log(`POST /jobs              p99 ${p99.toFixed(0)} ms (wanted ${WANTED.p99Ms})`)
  const postMs = ((await cpuOf(address)) - cpuAtFirst) * (1000 / (POSTS * (ROUNDS + 1)))
  console.log(`                        ${postMs.toFixed(2)} ms of processor time each`)
  const listed: unknown = await (await fetch(`${address}/jobs?limit=1`)).json()
  const id = /"job_id":"([^"]+)"/.exec(JSON.stringify(listed))?.[1] ?? ''
  await load(address, CONNECTIONS, READS / 4, () => ({ method: 'GET', path: `/jobs/${id}` }))
  const before = await cpuOf(address)
  const reads = await load(address, CONNECTIONS, READS, () => ({ method: 'GET', path: `/jobs/${id}` }))
  console.log(
    `GET /jobs/{id}          ${reads.perSecond.toFixed(0)} a second (wanted ${WANTED.readsPerSecond}), p99 ${percentile(reads.ms, 0.99).toFixed(1)} ms`
  )
  const readMs = ((await cpuOf(address)) - before) * (1000 / READS)
  console.log(`                        ${readMs.toFixed(2)} ms of processor time each`)
  if (share < WANTED.share || p99 > WANTED.p99Ms || reads.perSecond < WANTED.readsPerSecond) process.exitCode = 1
} finally {
  server.stdin.end()
  await once(server, 'exit')
  await rm(folder, { recursive: true, force: true })
}

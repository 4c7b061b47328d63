/**
 * The memory of `serve` under steady traffic: orders with other photos, each followed over its events to the end and
 * fetched, lists, refused and broken-off uploads, streams that come and go, a webhook for each job. Engines take no time.
 * Ended jobs are kept, so that whatever the server holds of a job would show. Sampled every 5 seconds; a line is fitted to
 * what comes after the first sixth. Run it with `npm run bench -- soak 30 docs/images/soak.svg`: minutes, and where
 * the graph goes.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { comeAndGo, type Tally } from './soak/customers.ts'
import { type Line, lineChart } from './soak/line-chart.ts'
import { slopeOf } from './window/statistics.ts'

const [, , , givenMinutes = '5', graph] = process.argv
const minutes = z.coerce.number().positive().parse(givenMinutes)
const SAMPLE_MS = 5_000
/** Every so many samples the heap is collected first, which shows what is really held. */
const COLLECT_EVERY = 12
const WARM_UP_MINUTES = minutes / 6
/** By the fitted line, over the measured minutes, of where it begins. */
const MOST_GROWTH = 0.05
const MIB = 1024 ** 2

const memorySchema = z.object({ rss: z.number(), heapUsed: z.number(), external: z.number() })
interface Sample extends z.infer<typeof memorySchema> {
  readonly minute: number
}

async function memoryOf(server: ChildProcess, how: 'memory' | 'collect') {
  const answer = once(server, 'message')
  server.send(how)
  return memorySchema.parse((await answer)[0])
}

async function addressOf(errors: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = []
  for await (const line of createInterface(errors)) {
    const address = /http:\/\/[^\s"]+/.exec(line)?.[0]
    if (address !== undefined) return address
    said.push(line)
  }
  throw new Error(`The server did not start. ${said.join('\n')}`)
}

/** The address of something that takes messages, and how many came. */
async function receiver() {
  let messages = 0
  const server = createServer((request, answer) => {
    request.resume().once('end', () => {
      messages += 1
      answer.writeHead(204).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('No port.')
  return { url: `http://127.0.0.1:${at.port}/`, messages: () => messages, close: () => server.close() }
}

function growth(samples: readonly Sample[], label: string, of: (sample: Sample) => number): boolean {
  const values = samples.map((sample) => of(sample) / MIB)
  const apart = ((samples.at(-1)?.minute ?? 0) - (samples[0]?.minute ?? 0)) / (samples.length - 1)
  const slope = slopeOf(values, apart)
  const span = apart * (values.length - 1)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const share = (slope * span) / (mean - (slope * span) / 2)
  console.log(
    `${label.padEnd(24)}${mean.toFixed(1)} MiB on average, ${(slope * 60).toFixed(2)} MiB an hour: ${(100 * share).toFixed(1)} % over ${span.toFixed(0)} minutes (wanted ${100 * MOST_GROWTH})`
  )
  return share <= MOST_GROWTH
}

const line = (label: string, colour: string, samples: readonly Sample[], of: (sample: Sample) => number): Line => ({
  label,
  colour,
  points: samples.map((sample) => ({ x: sample.minute, y: of(sample) / MIB }))
})

const folder = await mkdtemp(join(tmpdir(), 'apex-soak-'))
const hook = await receiver()
const entry = fileURLToPath(new URL('./http/instant-serve.ts', import.meta.url))
const server = spawn(
  process.execPath,
  ['--expose-gc', '--import', 'tsx', entry, '--data', join(folder, 'data'), 'serve', '--port', '0'],
  {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, APEX_PRIVATE_WEBHOOKS: 'yes', LOG_LEVEL: 'info' }
  }
)
const { stderr } = server
if (!stderr) throw new Error('no stderr')
const ended = once(server, 'exit')
const samples: Sample[] = []
const collected: Sample[] = []
const tally: Tally = new Map()
const closing = new AbortController()
try {
  const address = await addressOf(stderr)
  stderr.resume()
  const photo = await readFile(fileURLToPath(new URL('../resources/sample/eileen-collins.jpg', import.meta.url)))
  const json = { 'content-type': 'application/json' }
  await fetch(`${address}/webhooks`, { method: 'POST', headers: json, body: JSON.stringify({ url: hook.url }) })
  const began = performance.now()
  const traffic = comeAndGo({ address, photo, tally, signal: closing.signal })
  for (let index = 0; performance.now() - began < minutes * 60_000; index += 1) {
    const natural = await memoryOf(server, 'memory')
    const minute = (performance.now() - began) / 60_000
    samples.push({ minute, ...natural })
    if (index % COLLECT_EVERY === 0) collected.push({ minute, ...(await memoryOf(server, 'collect')) })
    await sleep(SAMPLE_MS)
  }
  closing.abort()
  await traffic
} finally {
  closing.abort()
  if (server.connected) server.disconnect()
  const [status] = await ended
  hook.close()
  await rm(folder, { recursive: true, force: true })
  if (status !== 0) {
    console.log(`the server ended with ${String(status)}`)
    process.exitCode = 1
  }
}
for (const [what, count] of [...tally].sort()) console.log(`${what.padEnd(48)}${count}`)
console.log(`${'messages to the webhook'.padEnd(48)}${hook.messages()}`)
const measured = (all: readonly Sample[]) => all.filter(({ minute }) => minute >= WARM_UP_MINUTES)
const isFlat = [
  growth(measured(samples), 'resident', ({ rss }) => rss),
  growth(measured(collected), 'heap after a collection', ({ heapUsed }) => heapUsed),
  growth(measured(collected), 'outside the heap', ({ external }) => external)
]
console.log(`load                    ${loadavg()[0]?.toFixed(1)}`)
if (isFlat.includes(false) || [...tally.keys()].some((what) => /^failed|\b5\d\d\b/.test(what))) process.exitCode = 1
if (graph !== undefined) {
  await writeFile(
    graph,
    lineChart({
      title: `Memory of apex-studio serve, ${minutes} minutes of steady traffic`,
      xLabel: 'minutes',
      yLabel: 'MiB',
      shadedTo: WARM_UP_MINUTES,
      lines: [
        line('resident', '#1f77b4', samples, ({ rss }) => rss),
        line('heap', '#bbb', samples, ({ heapUsed }) => heapUsed),
        line('heap after a collection', '#d62728', collected, ({ heapUsed }) => heapUsed)
      ]
    })
  )
}

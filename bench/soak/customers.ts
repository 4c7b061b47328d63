import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Answers that came, by what was asked and with which status: `GET result 200` → 17. */
export type Tally = Map<string, number>

export interface Customers {
  readonly address: string
  /** A photo that the studio takes. */
  readonly photo: Buffer<ArrayBuffer>
  readonly tally: Tally
  readonly signal: AbortSignal
}

/** Milliseconds between two of the same. */
const EVERY = { order: 1_000, list: 1_000, refused: 5_000, aborted: 5_000, health: 10_000, stream: 60_000 }

const MOST_AT_ONCE = 20

/** Orders, follows, reads, refuses and walks away, evenly, until the signal is raised. */
export async function comeAndGo(customers: Customers): Promise<void> {
  await Promise.all([
    evenly(customers, EVERY.order, async (index) => await orderAndCollect(customers, index)),
    evenly(customers, EVERY.list, async () => {
      await read(customers, 'list', '/jobs?limit=50')
      await read(customers, 'list', '/jobs?status=failed&status=completed&limit=50')
    }),
    evenly(customers, EVERY.refused, async () => {
      await order(customers, { image_file: new File(['no photo'], 'a.txt') }, 'order of no photo')
      await read(customers, 'unknown job', '/jobs/unknown')
    }),
    evenly(customers, EVERY.aborted, async () => await walkAway(customers)),
    evenly(customers, EVERY.health, async () => {
      await read(customers, 'health', '/health')
      await read(customers, 'metrics', '/metrics')
      await read(customers, 'description', '/openapi.json')
    }),
    evenly(customers, EVERY.stream, async () => await listen(customers)),
    evenly(customers, EVERY.stream, async () => await listen(customers))
  ])
}

/** Does it again every `ms` without waiting for the one before, unless many are under way; waits for all at the end. */
async function evenly({ signal, tally }: Customers, ms: number, work: (index: number) => Promise<void>): Promise<void> {
  const atWork = new Set<Promise<void>>()
  for (let index = 0; !signal.aborted; index += 1) {
    // A busy machine is not to build up a queue, whose memory would be that of the queue.
    if (atWork.size < MOST_AT_ONCE) {
      const one = work(index)
        .catch((thrown: unknown) => signal.aborted || count(tally, `failed: ${String(thrown)}`))
        .then(() => void atWork.delete(one))
      atWork.add(one)
    }
    await sleep(ms, undefined, { signal }).catch(() => undefined)
  }
  await Promise.all(atWork)
}

function count(tally: Tally, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1)
}

async function read({ address, tally }: Customers, what: string, path: string, accept = '*/*') {
  const answer = await fetch(`${address}${path}`, { headers: { accept } })
  const bytes = await answer.arrayBuffer()
  count(tally, `GET ${what} ${answer.status}`)
  return bytes
}

async function order({ address, tally }: Customers, parts: Record<string, File>, what: string) {
  const body = new FormData()
  for (const [name, file] of Object.entries(parts)) body.append(name, file)
  body.append('parameters', '{"purpose": "resume", "resolution": "1k"}')
  const answer = await fetch(`${address}/jobs`, { method: 'POST', body })
  const text = await answer.text()
  count(tally, `POST ${what} ${answer.status} ${/"code":"([^"]+)"/.exec(text)?.[1] ?? ''}`.trimEnd())
  return text
}

/** One job as an automation has it: order, follow its events to the end, fetch everything. */
async function orderAndCollect(customers: Customers, mark: number): Promise<void> {
  const { address, photo, tally, signal } = customers
  // What follows a picture's end is not looked at: every photo is another.
  const file = new File([photo, String(mark)], 'photo.jpg', { type: 'image/jpeg' })
  const id = /"job_id":"([^"]+)"/.exec(await order(customers, { image_file: file }, 'order'))?.[1]
  if (id === undefined) return
  const at = `/jobs/${id}`
  const events = await fetch(`${address}${at}/events`, { signal })
  await events.text()
  count(tally, `GET events of one job ${events.status}`)
  await read(customers, 'job', at)
  await read(customers, 'ledger', `${at}/ledger`)
  await read(customers, 'result', `${at}/result`)
  await read(customers, 'result as picture', `${at}/result`, 'image/*')
  await read(customers, 'picture of an attempt', `${at}/attempts/1/image`)
}

/** Begins to send a photo and is gone before its end. */
async function walkAway({ address, photo, tally }: Customers): Promise<void> {
  const head = '--soak\r\nContent-Disposition: form-data; name="image_file"; filename="a.jpg"\r\n\r\n'
  const asked = request(`${address}/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=soak', 'content-length': 2 * photo.length }
  })
  asked.on('error', () => undefined)
  asked.write(head)
  await new Promise<void>((resolve) => asked.write(photo, () => resolve()))
  asked.destroy()
  count(tally, 'POST order left halfway')
}

/** Hears what happens to all jobs for as long as it is until the next one listens. */
async function listen({ address, tally, signal }: Customers): Promise<void> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(EVERY.stream)])
  const answer = await fetch(`${address}/events`, { signal: patience })
  count(tally, `GET events of all jobs ${answer.status}`)
  const events = answer.body?.pipeTo(new WritableStream(), { signal: patience })
  await events?.catch(() => undefined)
}

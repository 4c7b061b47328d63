import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'

export interface Sent {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface Load {
  readonly perSecond: number
  /** Milliseconds of each request, sorted. */
  readonly ms: readonly number[]
}

/** Sends so many requests over so many connections, each as soon as the one before it has been answered. */
export async function load(
  address: string,
  connections: number,
  count: number,
  next: (index: number) => Sent
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const ms: number[] = []
  let index = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (index < count) {
        const asked = next(index++)
        const start = performance.now()
        const status = await send(agent, address, asked)
        if (status !== 200) throw new Error(`${asked.path} answered ${status}`)
        ms.push(performance.now() - start)
      }
    })
  )
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  return { perSecond: count / seconds, ms: ms.sort((a, b) => a - b) }
}

function send(agent: Agent, address: string, { method, path, headers = {}, body }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = body ? { 'content-length': String(body.length) } : {}
    const asked = request(`${address}${path}`, { method, agent, headers: { ...headers, ...length } }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode ?? 0))
    })
    asked.once('error', reject)
    asked.end(body)
  })
}

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'

/** What a test's Flux server was asked for. */
export interface HeardOrder {
  readonly path: string
  readonly authorization: string | undefined
  readonly fields: Readonly<Record<string, string>>
  readonly pictures: readonly Buffer[]
}

export interface TestFluxServer {
  readonly url: string
  readonly orders: readonly HeardOrder[]
  /** Answers the next orders in another way, one after the other. */
  next(...answers: readonly Misbehaviour[]): void
  close(): Promise<void>
}

export type Misbehaviour = (response: ServerResponse) => unknown

export interface TestFluxServerOptions {
  readonly protocol: 'images' | 'images-without-edits' | 'seed'
  /** Bytes of what it makes of an order. */
  readonly make: (order: HeardOrder) => Buffer | Promise<Buffer>
  /** Names of fields it refuses, as OpenAI's own servers do. */
  readonly unknownFields?: readonly string[]
  readonly port?: number
}

const jsonFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))

/** A Flux server on loopback that speaks one of the protocols, and misbehaves as a test wants it to. */
export async function startFluxServer(options: TestFluxServerOptions): Promise<TestFluxServer> {
  const orders: HeardOrder[] = []
  const misbehaviours: Misbehaviour[] = []
  const { protocol, make, unknownFields = [] } = options

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? ''
    const body = await bodyOf(request)
    if (request.method === 'GET') return told(path, response)
    const isImages = path === '/v1/images/generations' || (path === '/v1/images/edits' && protocol === 'images')
    if (protocol === 'seed' ? path !== '/generate' : !isImages) return send(response, 404, { error: 'not found' })
    const order = await heard(request, body)
    if (order.fields.prompt === undefined) return send(response, 422, { detail: 'prompt is required' })
    const unknown = unknownFields.find((name) => name in order.fields)
    if (unknown) return send(response, 400, { error: { message: `Unknown parameter: '${unknown}'.` } })
    orders.push(order)
    const misbehave = misbehaviours.shift()
    if (misbehave) return void misbehave(response)
    const picture = (await make(order)).toString('base64')
    if (protocol === 'seed') send(response, 200, { job_id: order.fields.job_id, image_base64: picture })
    else send(response, 200, { created: 1, data: [{ b64_json: picture }] })
  }

  function told(path: string, response: ServerResponse): void {
    if (protocol === 'seed' && path === '/health') send(response, 200, { status: 'healthy', model_loaded: true })
    else if (protocol !== 'seed' && path === '/v1/models')
      send(response, 200, { object: 'list', data: [{ id: 'flux' }] })
    else send(response, 404, { error: 'not found' })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    orders,
    next: (...answers) => void misbehaviours.push(...answers),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  }
}

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {}
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

async function heard({ url = '', headers }: IncomingMessage, body: Buffer): Promise<HeardOrder> {
  const { authorization } = headers
  const type = headers['content-type'] ?? ''
  if (type.startsWith('application/json')) {
    return { path: url, authorization, fields: jsonFields.parse(JSON.parse(body.toString() || '{}')), pictures: [] }
  }
  const form = await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData()
  const fields: Record<string, string> = {}
  const pictures: Buffer[] = []
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value
    else pictures.push(Buffer.from(await value.arrayBuffer()))
  }
  return { path: url, authorization, fields, pictures }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSocketServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { probeFlux, probeVllm } from './probe-server.ts'
import type { RemoteServer } from './remote/remote-server.ts'

const servers = new Set<Server>()
const sockets = new Set<Socket>()
const closeAll = async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all([...servers].map((server) => new Promise((resolve) => server.close(resolve))))
  servers.clear()
}
afterEach(closeAll)

async function listening(server: Server): Promise<string> {
  servers.add(server)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It listens at no port.')
  return `127.0.0.1:${address.port}`
}

type Answers = Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>

/** A real HTTP server with these answers, by method and path; 404 for the rest. */
const serving = (answers: Answers) =>
  listening(
    createServer((request, response) => {
      const answer = answers[`${request.method} ${request.url}`]
      if (answer) answer(request, response)
      else response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not here</h1>')
    })
  )

const sends = (status: number, body: unknown) => (_request: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const models = (id: string) => ({ object: 'list', data: [{ id, object: 'model' }] })
const vllm = (host: string, apiKey?: string): RemoteServer => ({
  variable: 'VLLM_SERVER_URL',
  url: `http://${host}`,
  apiKey
})
const flux = (host: string): RemoteServer => ({ variable: 'FLUX_SERVER_URL', url: `http://${host}` })

describe('probeVllm', () => {
  it('tells the model of a server, which it gives the key', async () => {
    const host = await serving({
      'GET /v1/models': (request, response) =>
        sends(request.headers.authorization === 'Bearer k3y' ? 200 : 401, models('SmolVLM2'))(request, response)
    })
    expect(await probeVllm(vllm(host, 'k3y'))).toBe('serves SmolVLM2')
    await expect(probeVllm(vllm(host, 'other'))).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: `The server at http://${host} (VLLM_SERVER_URL) does not let the studio in.`,
      hint: expect.stringContaining('VLLM_API_KEY')
    })
  })

  it('takes an address that ends with /v1 or a slash, or has a path of a gateway', async () => {
    const host = await serving({ 'GET /gpu/v1/models': sends(200, models('a')) })
    for (const path of ['/gpu', '/gpu/', '/gpu/v1', '/gpu/v1/']) {
      expect(await probeVllm(vllm(`${host}${path}`))).toBe('serves a')
    }
  })

  it.each([
    ['a web page', sends(200, '<html>')],
    ['another list', sends(200, { data: [] })],
    ['a redirection', sends(302, {})],
    ['an error', sends(500, models('a'))]
  ])('says that %s is no vLLM server', async (_what, answer) => {
    const host = await serving({ 'GET /v1/models': answer })
    await expect(probeVllm(vllm(host))).rejects.toMatchObject({
      message: `What answers at http://${host} (VLLM_SERVER_URL) is no vLLM server.`
    })
  })

  it('says that nothing listens, and shows no password', async () => {
    const host = await serving({})
    await closeAll()
    await expect(probeVllm(vllm(`anna:s3cret@${host}`))).rejects.toMatchObject({
      message: `Nothing listens at http://anna:***@${host} (VLLM_SERVER_URL).`
    })
  })

  it('says that a name is not known', async () => {
    await expect(probeVllm(vllm('no-such-host.invalid'))).rejects.toMatchObject({
      message: expect.stringMatching(/The name in .* is not known\./)
    })
  })

  it('says that what listens does not speak HTTP, or hangs up', async () => {
    const other = await listening(createSocketServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')))
    await expect(probeVllm(vllm(other))).rejects.toMatchObject({
      message: expect.stringContaining('does not speak HTTP')
    })
    const rude = await listening(createSocketServer((socket) => socket.destroy()))
    await expect(probeVllm(vllm(rude))).rejects.toMatchObject({ message: expect.stringContaining('hangs up') })
  })

  it('says that a server is not ready yet', async () => {
    const host = await serving({ 'GET /v1/models': sends(503, {}) })
    await expect(probeVllm(vllm(host))).rejects.toMatchObject({ message: expect.stringContaining('not ready yet') })
  })

  it('waits for no server that says nothing', async () => {
    const host = await listening(createSocketServer((socket) => socket.on('error', () => undefined)))
    const gaveUp = new AbortController()
    setTimeout(() => gaveUp.abort(new Error('enough')), 100)
    await expect(probeVllm(vllm(host), gaveUp.signal)).rejects.toThrow('enough')
  })
})

describe('probeFlux', () => {
  it('knows a server of the Images API', async () => {
    const host = await serving({
      'GET /v1/models': sends(200, models('FLUX.2-klein')),
      'POST /v1/images/generations': sends(422, { detail: 'prompt is missing' })
    })
    expect(await probeFlux(flux(host))).toBe('makes pictures with FLUX.2-klein')
  })

  it('knows a language model by its making no pictures', async () => {
    const host = await serving({ 'GET /v1/models': sends(200, models('SmolVLM2')) })
    await expect(probeFlux(flux(host))).rejects.toMatchObject({
      message: `What answers at http://${host} (FLUX_SERVER_URL) is a server of SmolVLM2 that makes no pictures.`
    })
  })

  it('knows the seed system’s server, and whether its model is loaded', async () => {
    let loaded = false
    const host = await serving({
      'GET /health': (request, response) => sends(200, { status: 'healthy', model_loaded: loaded })(request, response)
    })
    await expect(probeFlux(flux(host))).rejects.toMatchObject({ message: expect.stringContaining('not ready yet') })
    loaded = true
    expect(await probeFlux(flux(host))).toBe('makes pictures by /generate')
  })

  it('says that the seed system’s job manager is no Flux server', async () => {
    const host = await serving({ 'GET /health': sends(200, { status: 'running', services: {} }) })
    await expect(probeFlux(flux(host))).rejects.toMatchObject({ message: expect.stringContaining('is no Flux server') })
  })

  it('gives a password in the address as Basic credentials', async () => {
    const host = await serving({
      'GET /v1/models': sends(404, {}),
      'GET /health': (request, response) =>
        sends(request.headers.authorization === `Basic ${btoa('anna:p@ss')}` ? 200 : 401, {
          status: 'healthy',
          model_loaded: true
        })(request, response)
    })
    expect(await probeFlux(flux(`anna:p%40ss@${host}`))).toBe('makes pictures by /generate')
  })
})

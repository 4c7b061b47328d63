import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { openTestHub, REPOSITORY } from '../testing/test-hub.fixture.ts'
import { tinyFiles } from '../testing/tiny-model.fixture.ts'
import { hubDispatcher } from './hub-dispatcher.ts'
import { askHub } from './hub-request.ts'

afterEach(() => vi.unstubAllEnvs())

/** A proxy of this machine, which takes requests for tunnels and plain ones; tells the hosts that it was asked for. */
async function openProxy() {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '').host)
    void fetch(request.url ?? '').then(async (answer) => {
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
    })
  })
  server.on('connect', ({ url = '' }, socket, head) => {
    asked.push(url)
    const { hostname, port } = new URL(`http://${url}`)
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.write(head)
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    asked,
    close() {
      server.closeAllConnections()
      server.close()
    }
  }
}

it('goes through the proxy that the environment names, but not to the hosts it leaves out', async () => {
  const [hub, proxy] = await Promise.all([openTestHub(tinyFiles(10)), openProxy()])
  const { host } = new URL(hub.url)
  try {
    for (const [noProxy, expected] of [
      ['', [host]],
      ['127.0.0.1', []]
    ] as const) {
      vi.stubEnv('http_proxy', proxy.url)
      vi.stubEnv('no_proxy', noProxy)
      const dispatcher = hubDispatcher()
      const access = { endpoint: hub.url, token: undefined, dispatcher, silenceMs: 30_000 }
      const answer = await askHub(access, `/api/models/${REPOSITORY}/revision/main`, {}, new AbortController().signal)
      expect(answer.statusCode).toBe(200)
      await answer.body.dump()
      await dispatcher.destroy()
      expect(proxy.asked.splice(0)).toEqual(expected)
    }
  } finally {
    proxy.close()
    await hub.close()
  }
})

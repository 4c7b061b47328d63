import { createServer } from 'node:http'

export interface ModelListServer {
  readonly url: string
  /** How often its models were asked for. */
  readonly asked: number
  close(): void
}

/** A server of this machine that lists one model, as vLLM does, and does nothing else. */
export async function openModelListServer(id: string): Promise<ModelListServer> {
  let asked = 0
  const server = createServer((request, response) => {
    const isModels = request.url === '/v1/models'
    if (isModels) asked++
    response.writeHead(isModels ? 200 : 404).end(isModels ? JSON.stringify({ data: [{ id }] }) : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It listens at no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    get asked() {
      return asked
    },
    close() {
      server.closeAllConnections()
      server.close()
    }
  }
}

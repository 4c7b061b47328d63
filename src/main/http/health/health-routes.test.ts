import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestServer } from '../http-server.fixture.ts'

const model = createServer((request, response) => {
  const isModels = request.url === '/v1/models'
  response.writeHead(isModels ? 200 : 404).end(isModels ? JSON.stringify({ data: [{ id: 'SmolVLM2' }] }) : '')
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => model.listen(0, '127.0.0.1', resolve))
  const address = model.address()
  if (address === null || typeof address === 'string') throw new Error('It listens at no port.')
  url = `http://127.0.0.1:${address.port}`
})
afterAll(() => {
  model.closeAllConnections()
  model.close()
})

it('asks the model servers that are set, and is degraded where one is another', async () => {
  const test = await openTestServer({ variables: { VLLM_SERVER_URL: url, FLUX_SERVER_URL: url } })
  try {
    const answer = await test.fetch('/health')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      status: 'degraded',
      services: { vllm_server: 'connected', flux_server: 'disconnected', database: 'connected' }
    })
  } finally {
    await test.close()
  }
})

it('is well where the one that is set answers', async () => {
  const test = await openTestServer({ variables: { VLLM_SERVER_URL: url } })
  try {
    expect(await (await test.fetch('/health')).json()).toMatchObject({
      status: 'running',
      services: { vllm_server: 'connected', flux_server: 'not configured' }
    })
  } finally {
    await test.close()
  }
})

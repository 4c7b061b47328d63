import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ModelListServer, openModelListServer } from '../../engines/model-list-server.fixture.ts'
import { openTestServer } from '../http-server.fixture.ts'

let server: ModelListServer
beforeAll(async () => {
  server = await openModelListServer('SmolVLM2')
})
afterAll(() => server.close())

it('asks the model servers that are set, and is degraded where one is another', async () => {
  const test = await openTestServer({ variables: { VLLM_SERVER_URL: server.url, FLUX_SERVER_URL: server.url } })
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
  const test = await openTestServer({ variables: { VLLM_SERVER_URL: server.url } })
  try {
    expect(await (await test.fetch('/health')).json()).toMatchObject({
      status: 'running',
      services: { vllm_server: 'connected', flux_server: 'not configured' }
    })
  } finally {
    await test.close()
  }
})

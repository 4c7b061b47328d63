import { afterAll, beforeAll, expect, it } from 'vitest'
import { examineServers } from './doctor.ts'
import { type ModelListServer, openModelListServer } from './engines/model-list-server.fixture.ts'
import { readEnvironment } from './environment.ts'

let server: ModelListServer
beforeAll(async () => {
  server = await openModelListServer('SmolVLM2')
})
afterAll(() => server.close())

const examine = (variables: NodeJS.ProcessEnv) =>
  examineServers(readEnvironment({ variables }), new AbortController().signal)

it('asks no server that is not set', async () => {
  expect(await examine({})).toEqual([])
})

it('says what each server is that is set, and what to do where it is another', async () => {
  const findings = await examine({ VLLM_SERVER_URL: server.url, FLUX_SERVER_URL: server.url })
  expect(findings).toMatchObject([
    { subject: 'vLLM server', ok: true, says: expect.stringContaining('serves SmolVLM2') },
    {
      subject: 'Flux server',
      ok: false,
      says: expect.stringContaining('makes no pictures'),
      hint: expect.stringContaining('8000')
    }
  ])
})

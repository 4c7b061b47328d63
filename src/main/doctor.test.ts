import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { examineServers } from './doctor.ts'
import { readEnvironment } from './environment.ts'

const server = createServer((request, response) => {
  const isModels = request.url === '/v1/models'
  response.writeHead(isModels ? 200 : 404).end(isModels ? JSON.stringify({ data: [{ id: 'SmolVLM2' }] }) : '')
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It listens at no port.')
  url = `http://127.0.0.1:${address.port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const examine = (variables: NodeJS.ProcessEnv) =>
  examineServers(readEnvironment({ variables }), new AbortController().signal)

it('asks no server that is not set', async () => {
  expect(await examine({})).toEqual([])
})

it('says what each server is that is set, and what to do where it is another', async () => {
  const findings = await examine({ VLLM_SERVER_URL: url, FLUX_SERVER_URL: url })
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

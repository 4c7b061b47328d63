import { fileURLToPath } from 'node:url'
import { readEnvironment } from '../../src/main/environment.ts'
import { createHttpServer } from '../../src/main/http/create-http-server.ts'
import { createStudioApi } from '../../src/main/studio-api/create-studio-api.ts'
import { openerFromSources } from '../../src/main/testing/real-studio.fixture.ts'

/** The studio's server in a process of its own, its jobs not worked on; prints its address. Ends with its input. */
const environment = readEnvironment({ flags: { APEX_DATA_FOLDER: process.argv[2] ?? '' } })
const studio = await openerFromSources()({ environment })
const api = createStudioApi({ studio, programFolder: fileURLToPath(new URL('../..', import.meta.url)) })
await api.start()
const server = await createHttpServer({
  studio,
  api,
  host: '127.0.0.1',
  port: 0,
  settings: { queueLength: 1_000_000 },
  onFault: (error) => console.error(error)
})
console.log(server.address)
process.stdin.resume()
process.stdin.once('end', async () => {
  await server.close()
  await api.stop()
  await studio.close()
})

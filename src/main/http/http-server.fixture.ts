import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import type { EngineSet } from '../../domain/engine.ts'
import { openTestApi, type TestApi } from '../studio-api/studio-api.fixture.ts'
import { createHttpServer, type HttpServerOptions } from './create-http-server.ts'
import type { HttpServer } from './guarded-server.ts'

export interface TestServer extends TestApi {
  readonly server: HttpServer
  /** Failures that are the studio's own, told so far. */
  readonly faults: unknown[]
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** With headers that `fetch` does not let one set, such as Host. */
  raw(
    path: string,
    options: { readonly method?: string; readonly headers?: Record<string, string> }
  ): Promise<RawAnswer>
}

export interface RawAnswer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly body: string
}

/** A real studio behind a real server on a free port of this machine. */
export async function openTestServer(
  options: Partial<HttpServerOptions> & {
    readonly prepare?: (api: TestApi) => Promise<void>
    readonly variables?: Readonly<Record<string, string>>
    /** Where its data lies, e.g. for models that are there before; it stays. */
    readonly folder?: string
    /** Work on the jobs; without them none is worked on. */
    readonly engines?: EngineSet
  } = {}
): Promise<TestServer> {
  const { prepare, variables, engines, folder, ...http } = options
  const test = await openTestApi(folder, variables, engines)
  await prepare?.(test)
  const faults: unknown[] = []
  const { studio, api } = test
  const server = await createHttpServer({
    studio,
    api,
    host: '127.0.0.1',
    port: 0,
    onFault: (error) => faults.push(error),
    ...http
  })
  const { port } = new URL(server.address)
  return {
    ...test,
    server,
    faults,
    fetch: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
    raw: (path, { method = 'GET', headers = {} }) =>
      new Promise((resolve, reject) => {
        const asked = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
          text(answer).then(
            (body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
            reject
          )
        })
        asked.on('error', reject)
        asked.end()
      }),
    async close() {
      await server.close()
      await test.close()
    }
  }
}

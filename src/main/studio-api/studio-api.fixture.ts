import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createStudioClient, type StudioClient } from '../../contract/studio/client.ts'
import type { StudioEventName, StudioEventPayload } from '../../contract/studio/events.ts'
import type { EngineSet } from '../../domain/engine.ts'
import { forkNodeChild } from '../engines/node-fork.ts'
import { readEnvironment } from '../environment.ts'
import { TEST_SETTINGS } from '../jobs/test-studio.fixture.ts'
import { storeWorkerOf } from '../store/start-store-worker.ts'
import { type Studio, studioOpener } from '../studio.ts'
import { withEngines } from '../testing/with-engines.fixture.ts'
import { createStudioApi, type StudioApi } from './create-studio-api.ts'

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export interface TestApi {
  readonly studio: Studio
  readonly api: StudioApi
  /** Over JSON text, as the strictest of transports has it; bytes are handed over as they are. */
  readonly client: StudioClient
  readonly folder: string
  /** Every payload told so far of one event. */
  told<N extends StudioEventName>(event: N): StudioEventPayload<N>[]
  close(): Promise<void>
}

/**
 * The studio's contract over a real studio run from source. No job is worked on, unless there are `engines` for it. Its
 * folder goes when it is closed, unless it was given one, to be opened again.
 */
export async function openTestApi(
  given?: string,
  flags: Readonly<Record<string, string>> = {},
  engines?: EngineSet
): Promise<TestApi> {
  const folder = given ?? (await mkdtemp(join(tmpdir(), 'apex-api-')))
  const own = await studioOpener({
    engineEntry: beside('../../inference/process.ts'),
    execArgv: ['--import', 'tsx'],
    storeWorker: storeWorkerOf(new URL('../cli.ts', import.meta.url).href),
    fork: forkNodeChild,
    resources: beside('../../../resources')
  })({ environment: readEnvironment({ flags: { ...flags, APEX_DATA_FOLDER: join(folder, 'data') } }) })
  const studio = engines ? await withEngines(own, engines, TEST_SETTINGS) : own
  const api = createStudioApi({ studio, programFolder: beside('../../..') })
  await api.start()
  if (engines) await studio.manager.start()
  const messages: { event: StudioEventName; payload: unknown }[] = []
  api.events.hear((message) => messages.push(message))
  const client = createStudioClient({
    mediaBase: '/media/',
    async call(request) {
      const answer = await api.answer(holdsBytes(request.params) ? request : JSON.parse(JSON.stringify(request)))
      return JSON.parse(JSON.stringify(answer))
    },
    listen: (listener) => api.onEvent((message) => listener(JSON.parse(JSON.stringify(message))))
  })
  return {
    studio,
    api,
    client,
    folder,
    told: <N extends StudioEventName>(event: N) =>
      messages.flatMap((message) => (message.event === event ? [message.payload as StudioEventPayload<N>] : [])),
    async close() {
      await api.stop()
      await studio.close()
      if (given === undefined) await rm(folder, { recursive: true, force: true })
    }
  }
}

function holdsBytes(value: unknown): boolean {
  if (value instanceof Uint8Array) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsBytes)
}

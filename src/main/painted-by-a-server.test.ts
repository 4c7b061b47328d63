import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { failedCriteria } from '../domain/judgement.ts'
import { parseParameters } from '../domain/parameters/parameters.ts'
import { readEnvironment } from './environment.ts'
import type { Studio } from './studio.ts'
import { send, startFluxServer, type TestFluxServer } from './testing/flux-server.fixture.ts'
import { openerFromSources } from './testing/real-studio.fixture.ts'

const MINUTES = 60_000
const PHOTO = 'resources/sample/eileen-collins.jpg'
const SOMEBODY_ELSE = 'node_modules/@vladmandic/face-api/demo/sample6.jpg'
const PARAMETERS = parseParameters({ purpose: 'resume', background: 'grey' })

let folder = ''
let server: TestFluxServer
let studio: Studio
/** What the server paints, one after the other. */
const pictures: Buffer[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'painted-'))
  server = await startFluxServer({ protocol: 'images', make: () => pictures.shift() ?? Buffer.alloc(0) })
  const flags = { APEX_DATA_FOLDER: folder, FLUX_SERVER_URL: server.url }
  studio = await openerFromSources()({ environment: readEnvironment({ flags }) })
  await studio.manager.start()
})
afterAll(async () => {
  await studio.close()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

/** A portrait by the built-in engine, which stands in for what a model paints. */
async function portraitOf(path: string, face: number): Promise<Buffer> {
  const { generator } = await studio.chooseEngines({ generator: 'retouch', vlm: null })
  const made = await generator.generate(
    {
      references: [{ path, face }],
      parameters: PARAMETERS,
      brief: { prompt: '', settings: {}, repairs: [] },
      seed: 3,
      longEdge: 1024,
      outputFolder: folder
    },
    { signal: new AbortController().signal, onProgress: () => undefined }
  )
  return await readFile(made.path)
}

it(
  'a job runs on the pictures of a Flux server: neither a stranger nor a pasted copy passes, and no fault of the server costs an attempt',
  async () => {
    pictures.push(await portraitOf(SOMEBODY_ELSE, 1), await portraitOf(PHOTO, 0))
    server.next((response) => send(response, 500, { error: 'a fault' }))
    const { _id } = await studio.manager.submit({
      subjectId: 'eileen',
      references: [await studio.intake(PHOTO, null)],
      parameters: PARAMETERS,
      seed: 11,
      maxAttempts: 2,
      requestedEngines: { vlm: null, generator: null }
    })
    const job = await studio.manager.wait(_id)
    expect(job.engines?.generator).toMatchObject({ engine: 'remote', kind: 'generative' })
    const failed = job.attempts.map(({ judgement }) => judgement && failedCriteria(judgement).map(({ id }) => id))
    expect(failed).toEqual([expect.arrayContaining(['identity']), expect.arrayContaining(['identity'])])
    const [stranger, copy] = job.attempts.map(({ judgement }) => judgement?.ledger.find(({ id }) => id === 'identity'))
    expect(stranger?.value ?? 0).toBeGreaterThan(copy?.value ?? 1)
    expect(job.attempts[1]?.brief.repairs.map(({ criterion }) => criterion)).toContain('identity')
    const prompts = server.orders.map(({ fields }) => fields.prompt)
    expect(prompts).toEqual([0, 0, 1].map((attempt) => job.attempts[attempt]?.brief.prompt))
    expect(prompts[2]).not.toBe(prompts[0])
    expect(job).toMatchObject({
      status: 'failed',
      error: null,
      best: { picture: { size: { width: 819, height: 1024 } } }
    })
    expect(job.report?.attempts).toHaveLength(2)
  },
  4 * MINUTES
)

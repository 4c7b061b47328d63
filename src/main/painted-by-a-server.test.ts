import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failedCriteria } from '../domain/judgement.ts'
import { parseParameters } from '../domain/parameters/parameters.ts'
import { readEnvironment } from './environment.ts'
import type { Studio } from './studio.ts'
import { send, startFluxServer } from './testing/flux-server.fixture.ts'
import { openerFromSources } from './testing/real-studio.fixture.ts'

const MINUTES = 60_000
const PHOTO = 'resources/sample/eileen-collins.jpg'
const SOMEBODY_ELSE = 'node_modules/@vladmandic/face-api/demo/sample6.jpg'
const PARAMETERS = parseParameters({ purpose: 'resume', background: 'grey' })

let folder = ''
/** By the built-in engine, which stands in for what a model paints: somebody else, and the photo's own pixels. */
let stranger: Buffer
let copy: Buffer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'painted-'))
  const studio = await openStudio('portraits')
  try {
    stranger = await portraitOf(studio, SOMEBODY_ELSE, 1)
    copy = await portraitOf(studio, PHOTO, 0)
  } finally {
    await studio.close()
  }
}, 4 * MINUTES)
afterAll(() => rm(folder, { recursive: true, force: true }))

async function openStudio(name: string, flags: Record<string, string> = {}): Promise<Studio> {
  const environment = readEnvironment({ flags: { APEX_DATA_FOLDER: join(folder, name), ...flags } })
  return await openerFromSources()({ environment })
}

async function portraitOf(studio: Studio, path: string, face: number): Promise<Buffer> {
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

/** What each protocol can be told beside the prompt and the photo; seeds begin at 1 on the wire. */
const PROTOCOLS = [
  { protocol: 'images', path: '/v1/images/edits', fields: { size: '832x1024', seed: '12' }, notes: [] },
  { protocol: 'seed', path: '/generate', fields: {}, notes: [expect.stringContaining('chose size and seed by itself')] }
] as const

describe.each(PROTOCOLS)('a Flux server that speaks the protocol “$protocol”', ({ protocol, path, fields, notes }) => {
  it(
    'paints a job: neither a stranger nor a pasted copy passes, and no fault of the server costs an attempt',
    async () => {
      const pictures = [stranger, copy]
      const server = await startFluxServer({ protocol, make: () => pictures.shift() ?? Buffer.alloc(0) })
      server.next((response) => send(response, 500, { error: 'a fault' }))
      const studio = await openStudio(protocol, { FLUX_SERVER_URL: server.url })
      try {
        await studio.manager.start()
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
        const [far, near] = job.attempts.map(({ judgement }) => judgement?.ledger.find(({ id }) => id === 'identity'))
        expect(far?.value ?? 0).toBeGreaterThan(near?.value ?? 1)
        expect(job.attempts[1]?.brief.repairs.map(({ criterion }) => criterion)).toContain('identity')

        expect(server.orders.map((order) => order.path)).toEqual([path, path, path])
        expect(server.orders[0]?.fields).toMatchObject(fields)
        expect(server.orders.map(({ pictures }) => pictures.length)).toEqual([1, 1, 1])
        const prompts = server.orders.map((order) => order.fields.prompt)
        expect(prompts).toEqual([0, 0, 1].map((attempt) => job.attempts[attempt]?.brief.prompt))
        expect(prompts[2]).not.toBe(prompts[0])

        expect(job).toMatchObject({
          status: 'failed',
          error: null,
          best: { picture: { size: { width: 819, height: 1024 } } }
        })
        expect(job.report?.attempts).toHaveLength(2)
        expect(job.attempts[0]?.picture?.notes).toEqual(notes)
      } finally {
        await studio.close()
        await server.close()
      }
    },
    4 * MINUTES
  )
})

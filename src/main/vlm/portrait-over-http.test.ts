import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AskedChat, openChatServer, type Reply } from '../testing/chat-server.fixture.ts'
import { runCommand } from '../testing/run-command.fixture.ts'

const PHOTO = fileURLToPath(new URL('../../../resources/sample/eileen-collins.jpg', import.meta.url))
const PROMPT =
  'Keep the face, hair, skin and the clothes of the reference photo exactly as they are, with a confident, composed expression. Replace the background with a plain light grey background. Light the person by the natural light of the place, in a neutral mood. A professional LinkedIn profile portrait in high detail, 85 mm lens at eye level, head and shoulders.'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-portrait-http-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Finds every hand malformed, and everything else as it should be. */
function model({ text: asked, max_tokens, system }: AskedChat): Reply {
  if (max_tokens <= 4) {
    const isNegated =
      /unsuitable|other than|other clothes|another|two different|deformed|a malformed|strained|show blur/.test(asked)
    const isRight = !/hand/.test(asked)
    return isRight === isNegated ? { yes: 0.04, no: 0.93 } : { yes: 0.93, no: 0.04 }
  }
  if (system.includes('photo retoucher')) return JSON.stringify({ person: [], prompt: PROMPT })
  return 'I would rather not write a report.'
}

it('makes a portrait with the real engine: the model’s brief, measured and judged rows in one ledger, everywhere', {
  timeout: 240_000
}, async () => {
  const server = await openChatServer({ script: model, apiKey: 'k3y-of-the-server' })
  const order = ['--background', 'light_grey', '--attempts', '2', '--seed', '3', '--json']
  const { out, err } = await runCommand(folder, ['portrait', PHOTO, '--out', join(folder, 'out'), ...order], {
    VLLM_SERVER_URL: server.url,
    VLLM_API_KEY: 'k3y-of-the-server'
  }).finally(() => server.close())
  const [portrait] = JSON.parse(out).portraits
  const { job } = JSON.parse(await readFile(portrait.files.reportData, 'utf8'))
  // Nothing that the retouch engine can be set to mends a hand.
  expect(job).toMatchObject({ status: 'failed', attempts: [{ brief: { prompt: PROMPT } }] })
  expect(job.engines.vlm).toMatchObject({ engine: 'remote', version: 'test/model' })
  const ledger: { id: string; source: string; outcome: string }[] = job.attempts[0].judgement.ledger
  expect(ledger.filter(({ source }) => source === 'measured').length).toBeGreaterThan(8)
  const judged = ledger.filter(({ source }) => source === 'vlm')
  expect(judged.find(({ id }) => id === 'vlm:hands')?.outcome).toBe('failed')
  expect(judged.find(({ id }) => id === 'vlm:same-person')?.outcome).toBe('passed')
  expect(job.report.writtenBy.engine).toBe('rules')
  expect(job.report.note).toContain('There is no JSON object in it.')
  expect(err).toContain('There is no JSON object in it.')
  const page = await readFile(portrait.files.reportPage, 'utf8')
  expect(page).toContain('Is it free of malformed hands?')
  expect(page).toContain('There is no JSON object in it.')
  expect(await readFile(join(folder, 'data', 'logs', 'vllm.log'), 'utf8')).not.toContain('k3y-of-the-server')
})

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeTinyFlux } from '../../../scripts/models/tiny-flux/write-tiny-flux.ts'
import type { Criterion } from '../../domain/criterion.ts'
import { runCommand } from '../testing/run-command.fixture.ts'

const PHOTO = fileURLToPath(new URL('../../../resources/sample/eileen-collins.jpg', import.meta.url))

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'apex-flux-job-'))
  await writeTinyFlux(join(root, 'data', 'models', 'flux2-klein-4b'), 'flux2-klein', { io: 'float32' })
})
afterAll(() => rm(root, { recursive: true }))

const run = (...args: string[]) => runCommand(root, args)

it('an order that names no engine is painted, judged, mended and reported by the FLUX model that is installed', async () => {
  const order = ['--purpose', 'resume', '--resolution', '2k', '--seed', '7', '--attempts', '2', '--json']
  const { out } = await run('portrait', PHOTO, '--out', join(root, 'out'), ...order)
  const [portrait] = JSON.parse(out).portraits
  const { job } = JSON.parse(await readFile(portrait.files.reportData, 'utf8'))
  expect(job.engines.generator).toMatchObject({ engine: 'flux', kind: 'generative' })
  const [first, second] = job.attempts
  const rows = new Map<string, Criterion>(first.judgement.ledger.map((row: Criterion) => [row.id, row]))
  expect(rows.get('face-count')?.outcome).toBe('passed')
  expect(rows.get('size')?.outcome).toBe('passed')
  expect(rows.get('source-detail')?.outcome).toBe('advisory')
  expect(rows.get('identity')?.value).toBeLessThan(0.5)
  expect(rows.get('identity')?.band).toEqual({ min: 0.16, max: 0.5 })
  expect(second.brief.repairs.length).toBeGreaterThan(0)
  // Each byte of a prompt is a token of the tiny model, which reads 512 of them: it is told no more.
  for (const { brief, picture } of [first, second]) {
    expect(brief.note).toMatch(/shortened\. It has \d{3,4} tokens .*reads 512/)
    expect(Buffer.byteLength(brief.prompt)).toBeLessThan(512)
    expect(picture.notes).not.toContainEqual(expect.stringContaining('longer than the model reads'))
  }
  for (const { to } of second.brief.repairs.filter(({ setting }: { setting: string }) => setting === 'prompt')) {
    expect(second.brief.prompt).toContain(to)
  }
  const delivered = job.final ?? job.best
  expect(delivered.picture.size).toEqual({ width: 1638, height: 2048 })
}, 240_000)

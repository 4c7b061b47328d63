import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toStudioError } from '../../domain/errors.ts'
import { readGpus } from './machine.ts'
import { readCatalogue } from './read-catalogue.ts'
import { TINY_MODEL } from './testing/tiny-model.fixture.ts'

const resources = fileURLToPath(new URL('../../../resources', import.meta.url))

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalogue-'))
})
afterEach(() => rm(folder, { recursive: true }))

const writeOwn = (text: string) => writeFile(join(folder, 'model-catalogue.json'), text)

describe('readCatalogue', () => {
  it('knows the models that the studio comes with: one preferred for each role, the non-commercial ones named so', async () => {
    const models = await readCatalogue(resources, folder)
    expect(models.map(({ id }) => id)).toContain('flux2-klein-4b')
    for (const role of ['generator', 'vlm']) {
      expect(models.filter((model) => model.role === role && model.preferred)).toHaveLength(1)
    }
    const closed = models.filter(({ licence }) => !licence.commercial).map(({ id }) => id)
    expect(closed).toEqual(['flux1-dev', 'flux1-kontext-dev'])
    for (const { memory, bytes } of models) {
      expect(memory.whole).toBeGreaterThanOrEqual(memory.least)
      expect(bytes).toBeGreaterThan(0)
    }
  })

  it('puts the user’s own models first, and theirs in place of one of the same id', async () => {
    const own = { ...TINY_MODEL, id: 'smolvlm-instruct' }
    await writeOwn(JSON.stringify({ schemaVersion: 1, models: [TINY_MODEL, own] }))
    const models = await readCatalogue(resources, folder)
    expect(models[0]?.id).toBe(TINY_MODEL.id)
    expect(models.filter(({ id }) => id === own.id)).toEqual([own])
  })

  it.each([
    ['no JSON', '{'],
    ['another shape', '{"schemaVersion": 1, "models": [{}]}'],
    ['an id that is a path', JSON.stringify({ schemaVersion: 1, models: [{ ...TINY_MODEL, id: '../out' }] })],
    ['an id that stands twice', JSON.stringify({ schemaVersion: 1, models: [TINY_MODEL, TINY_MODEL] })]
  ])('names a file with %s', async (_, text) => {
    await writeOwn(text)
    const failure = await readCatalogue(resources, folder).catch(toStudioError)
    expect(failure).toMatchObject({ code: 'model-catalogue-damaged', message: expect.stringContaining(folder) })
  })
})

describe('readGpus', () => {
  it('finds the card with most memory', () => {
    const text = 'NVIDIA T400, 2048\nNVIDIA H100 80GB HBM3, 81559\n'
    expect(readGpus(text)).toEqual({ name: 'NVIDIA H100 80GB HBM3', memory: 81_559 * 1024 ** 2 })
    expect(readGpus('No devices were found\n')).toBeNull()
  })
})

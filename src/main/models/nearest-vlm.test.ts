import { fileURLToPath } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import type { CatalogueModel } from '../../domain/models/catalogue-model.ts'
import { catalogueVlm, nearestVlm } from './nearest-vlm.ts'
import { readCatalogue } from './read-catalogue.ts'

let catalogue: CatalogueModel[]
beforeAll(async () => {
  const resources = fileURLToPath(new URL('../../../resources', import.meta.url))
  catalogue = [...(await readCatalogue(resources, resources))]
})

it.each([
  ['HuggingFaceTB/SmolVLM2-2.2B-Instruct', 'smolvlm-instruct'],
  ['HuggingFaceTB/SmolVLM2-256M-Video-Instruct', 'smolvlm-256m-instruct'],
  ['HuggingFaceTB/SmolVLM-500M-Instruct', 'smolvlm2-500m-video-instruct'],
  ['Qwen/Qwen2.5-VL-7B-Instruct', 'qwen2-vl-2b-instruct'],
  ['llava-hf/llava-1.5-0.5b', 'smolvlm2-500m-video-instruct']
])('the nearest to %s is %s', (name, id) => {
  expect(nearestVlm(name, catalogue)?.id).toBe(id)
})

it('knows a model by its id and by its repository', () => {
  expect(catalogueVlm('HuggingFaceTB/SmolVLM-256M-Instruct', catalogue)?.id).toBe('smolvlm-256m-instruct')
  expect(catalogueVlm('smolvlm-256m-instruct', catalogue)?.repository).toBe('HuggingFaceTB/SmolVLM-256M-Instruct')
  expect(catalogueVlm('HuggingFaceTB/SmolVLM2-2.2B-Instruct', catalogue)).toBeNull()
})

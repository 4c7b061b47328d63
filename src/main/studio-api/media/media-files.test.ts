import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PreviewRequest } from '../../../domain/engine.ts'
import { FileArtifactStore } from '../../store/artifacts/file-artifact-store.ts'
import { MediaFiles } from './media-files.ts'

let folder: string
let artifacts: FileArtifactStore
let media: MediaFiles
const previews: PreviewRequest[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-media-'))
  artifacts = await FileArtifactStore.open(join(folder, 'artifacts'))
  const preview = async (request: PreviewRequest) => {
    previews.push(request)
    await writeFile(request.outputPath, 'a small picture')
    return { width: 1, height: 1 }
  }
  media = new MediaFiles({ artifacts, preview, cacheFolder: join(folder, 'cache') })
})
afterAll(() => rm(folder, { recursive: true }))

describe('the files behind picture addresses', () => {
  it('a thumbnail is made once for all who ask', async () => {
    const { id } = await artifacts.put(new Uint8Array([1]))
    const paths = await Promise.all([1, 2, 3].map(() => media.thumbnail(id, 320)))
    expect(new Set(paths).size).toBe(1)
    await media.thumbnail(id, 320)
    expect(previews).toHaveLength(1)
    await media.thumbnail(id, 160)
    expect(previews.map(({ longEdge }) => longEdge)).toEqual([320, 160])
  })

  it('what is no picture that browsers show is refused', async () => {
    const { id } = await artifacts.put(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'))
    await expect(media.fileOf({ kind: 'artifact', id })).rejects.toMatchObject({ code: 'file-unsupported' })
    const missing = { kind: 'artifact', id: 'a'.repeat(64) } as const
    await expect(media.fileOf(missing)).rejects.toMatchObject({ code: 'artifact-missing' })
  })

  it('a failure leaves nothing that looks like a picture', async () => {
    const fail = () => media.swatch(null, 'broken', async () => Promise.reject(new Error('no')))
    await expect(fail()).rejects.toThrow('no')
    const key = await media.swatch(null, 'broken', (path) => writeFile(path, 'made now'))
    expect((await media.fileOf({ kind: 'swatch', key })).mediaType).toBe('image/jpeg')
  })

  it('an erased photo takes everything derived from it along', async () => {
    const { id } = await artifacts.put(new Uint8Array([2]))
    const key = await media.swatch(id, 'recipe', (path) => writeFile(path, 'swatch'))
    await media.thumbnail(id, 640)
    const before = await media.usage()
    await media.forget([id])
    expect(await media.usage()).toBe(before - 'swatch'.length - 'a small picture'.length)
    await expect(media.fileOf({ kind: 'swatch', key })).rejects.toMatchObject({ code: 'artifact-missing' })
  })

  it('the cache gives up what was made longest ago', async () => {
    await media.clear()
    const [old, young] = [await artifacts.put(new Uint8Array([3])), await artifacts.put(new Uint8Array([4]))]
    const oldest = await media.thumbnail(old.id, 320)
    await utimes(oldest, new Date(0), new Date(0))
    await media.thumbnail(young.id, 320)
    await media.trim('a small picture'.length)
    expect(await media.usage()).toBe('a small picture'.length)
    const made = previews.length
    await media.thumbnail(young.id, 320)
    expect(previews).toHaveLength(made)
  })
})

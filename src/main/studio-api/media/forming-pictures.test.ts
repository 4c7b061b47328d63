import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { JobProgress } from '../../jobs/job-events.ts'
import type { ArtifactStore } from '../../store/artifact-store.ts'
import { FormingPictures } from './forming-pictures.ts'
import { MediaFiles } from './media-files.ts'

const PHOTO = 'a'.repeat(64)
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-forming-'))
})
afterAll(() => rm(folder, { recursive: true }))

function opened() {
  const artifacts: Pick<ArtifactStore, 'localPath'> = { localPath: async (id) => join(folder, id) }
  const media = new MediaFiles({
    artifacts: artifacts as ArtifactStore,
    preview: async () => ({ width: 1, height: 1 }),
    cacheFolder: join(folder, 'cache')
  })
  return { media, forming: new FormingPictures(media) }
}

const at = (attempt: number, preview?: string): JobProgress => ({
  jobId: 'job',
  name: 'photo.jpg',
  reference: PHOTO,
  step: 'generate',
  attempt,
  stepLeftMs: null,
  leftMs: null,
  progress: { activity: 'Painting', done: 1, total: 4, withinMs: 1000, ...(preview !== undefined && { preview }) }
})

it('shows the picture of the attempt that forms, also when the engine’s own file is gone, until the photo is erased', async () => {
  const { media, forming } = opened()
  const path = join(folder, 'preview-1.jpg')
  await writeFile(path, 'a picture')
  const shown = vi.fn()
  forming.take(at(1, path), shown)
  forming.take(at(1, path), shown)
  await vi.waitFor(() => expect(shown).toHaveBeenCalledTimes(1))
  await rm(path)
  const key = forming.keyOf(at(1)) ?? ''
  const file = await media.fileOf({ kind: 'swatch', key })
  expect(await readFile(file.path, 'utf8')).toBe('a picture')
  expect(forming.keyOf(at(2))).toBeNull()
  expect(forming.keyOf({ ...at(1), step: 'judge' })).toBeNull()
  await media.forget([PHOTO])
  await expect(media.fileOf({ kind: 'swatch', key })).rejects.toMatchObject({ code: 'artifact-missing' })
  forming.forget('job')
  expect(forming.keyOf(at(1))).toBeNull()
})

it('makes nothing of a file that is already gone', async () => {
  const { forming } = opened()
  const shown = vi.fn()
  forming.take(at(1, join(folder, 'gone.jpg')), shown)
  const path = join(folder, 'preview-2.jpg')
  await writeFile(path, 'the next')
  forming.take(at(1, path), shown)
  await vi.waitFor(() => expect(forming.keyOf(at(1))).not.toBeNull())
  expect(shown).toHaveBeenCalledTimes(1)
})

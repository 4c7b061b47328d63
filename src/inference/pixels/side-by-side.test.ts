import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sharp } from './sharp.ts'
import { putSideBySide } from './side-by-side.ts'

const context = { signal: new AbortController().signal, onProgress: () => {} }
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apex-side-by-side-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function plain(name: string, width: number, height: number, background: string): Promise<string> {
  const path = join(folder, name)
  await sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toFile(path)
  return path
}

it('puts pictures of any shape beside each other in their order, at the height of the lowest', async () => {
  const paths = [await plain('red.png', 200, 100, '#ff0000'), await plain('blue.png', 300, 400, '#0000ff')]
  const outputPath = join(folder, 'both.jpg')
  const size = await putSideBySide({ paths, longEdge: 1000, outputPath }, context)
  // 200 + a gap of 3 + 300 · 100 / 400
  expect(size).toEqual({ width: 278, height: 100 })
  const { data, info } = await sharp(outputPath).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number) => [...data.subarray((50 * info.width + x) * 3, (50 * info.width + x) * 3 + 3)]
  expect(at(20)[0]).toBeGreaterThan(200)
  expect(at(20)[2]).toBeLessThan(60)
  expect(at(250)[2]).toBeGreaterThan(200)
  expect(at(250)[0]).toBeLessThan(60)
})

it('makes large ones smaller first', async () => {
  const paths = [await plain('wide.png', 800, 200, '#808080'), await plain('square.png', 300, 300, '#808080')]
  const size = await putSideBySide({ paths, longEdge: 200, outputPath: join(folder, 'small.jpg') }, context)
  expect(size.height).toBe(50)
})

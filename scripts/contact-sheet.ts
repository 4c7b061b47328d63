import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { StudioError } from '../src/domain/errors.ts'
import { CATALOGUE, parseParameters } from '../src/domain/parameters/parameters.ts'
import { sharp } from '../src/inference/pixels/sharp.ts'
import { retouchGenerate } from '../src/inference/retouch/engine.ts'

/**
 * Makes one sheet of the built-in engine's portraits: a row per background, a column per photo. Each tile is what an
 * attempt at 1k looks like, made smaller.
 *
 *   npx tsx scripts/contact-sheet.ts --out sheet.jpg [--lighting natural] [--tile 400] photo.jpg group.jpg:2 …
 *
 * `group.jpg:2` means the second person from the left.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'contact-sheet.jpg' },
    lighting: { type: 'string', default: 'natural' },
    backgrounds: { type: 'string', default: CATALOGUE.background.map((entry) => entry.id).join(',') },
    purpose: { type: 'string', default: 'resume' },
    tile: { type: 'string', default: '400' }
  }
})
const tile = Number(values.tile)
const rows = values.backgrounds.split(',')
const photos = positionals.map((word) => {
  const [, path = word, face] = /^(.*?)(?::(\d+))?$/.exec(word) ?? []
  return { path, face: face === undefined ? null : Number(face) - 1 }
})

const scratch = await mkdtemp(join(tmpdir(), 'contact-sheet-'))
const context = { signal: new AbortController().signal, onProgress: () => undefined }
const tiles: { input: Buffer; left: number; top: number }[] = []
let height = 0
try {
  for (const [column, photo] of photos.entries()) {
    for (const [row, background] of rows.entries()) {
      const parameters = parseParameters({ background, lighting: values.lighting, purpose: values.purpose })
      const started = performance.now()
      try {
        const { path } = await retouchGenerate(
          {
            references: [photo],
            parameters,
            brief: { prompt: '', settings: {}, repairs: [] },
            seed: 5,
            longEdge: 1024,
            outputFolder: scratch
          },
          context
        )
        const small = await sharp(path).resize({ width: tile }).png().toBuffer({ resolveWithObject: true })
        height = Math.max(height, small.info.height)
        tiles.push({ input: small.data, left: column * tile, top: row })
      } catch (thrown) {
        if (!(thrown instanceof StudioError)) throw thrown
        console.log(`${basename(photo.path)} on ${background}: ${thrown.message}`)
      }
      console.log(`${basename(photo.path)} on ${background}: ${Math.round(performance.now() - started)} ms`)
    }
  }
  const size = { width: photos.length * tile, height: rows.length * height }
  await sharp({ create: { ...size, channels: 3, background: '#2b2b2b' }, limitInputPixels: false })
    .composite(tiles.map(({ input, left, top }) => ({ input, left, top: top * height })))
    .jpeg({ quality: 85 })
    .toFile(values.out)
} finally {
  await rm(scratch, { recursive: true, force: true })
}

import { access, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { StudioError } from '../src/domain/errors.ts'
import { OWN_BACKDROP } from '../src/domain/parameters/background.ts'
import { CATALOGUE, parseParameters } from '../src/domain/parameters/parameters.ts'
import { sharp } from '../src/inference/pixels/sharp.ts'
import { retouchGenerate } from '../src/inference/retouch/engine.ts'

/**
 * Makes one sheet of the built-in engine's portraits: a row per background and lighting, a column per photo. Each tile
 * is what an attempt at 1k looks like, made smaller.
 *
 *   npx tsx scripts/contact-sheet.ts --out sheet.jpg [--lightings natural,soft] [--tile 400] photo.jpg group.jpg:2 …
 *
 * `group.jpg:2` means the second person from the left. Without photos: those in ../shared/photos where there are any,
 * and the groups that come with @vladmandic/face-api. `--backdrops hall.hdr,street.jpg` puts files of your own behind
 * them.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'contact-sheet.jpg' },
    lightings: { type: 'string', default: 'natural' },
    backgrounds: { type: 'string', default: '' },
    backdrops: { type: 'string', default: '' },
    purpose: { type: 'string', default: 'resume' },
    tile: { type: 'string', default: '400' }
  }
})
const tile = Number(values.tile)
const listOf = (text: string) => text.split(',').filter((word) => word !== '')
const own = listOf(values.backdrops).map((backdropPath) => ({ background: OWN_BACKDROP, backdropPath }))
const catalogue = CATALOGUE.background.filter((entry) => entry.backdrop.kind !== 'own').map((entry) => entry.id)
const named = listOf(values.backgrounds)
const words = named.length > 0 ? named : own.length > 0 ? [] : catalogue
const rows = [...words.map((background) => ({ background, backdropPath: undefined })), ...own].flatMap((behind) =>
  listOf(values.lightings).map((lighting) => ({ ...behind, lighting }))
)
const photos = (positionals.length > 0 ? positionals : await knownPhotos()).map((word) => {
  const [, path = word, face] = /^(.*?)(?::(\d+))?$/.exec(word) ?? []
  return { path, face: face === undefined ? null : Number(face) - 1 }
})

async function knownPhotos(): Promise<string[]> {
  const single = ['astronaut.png', 'grace_hopper.jpg'].map((name) => join('..', 'shared', 'photos', name))
  const there = await Promise.all(
    single.map((path) =>
      access(path).then(
        () => [path],
        () => []
      )
    )
  )
  const groups = ['sample1.jpg:3', 'sample2.jpg:1', 'sample3.jpg:2', 'sample4.jpg:2', 'sample5.jpg:3', 'sample6.jpg:2']
  return [...there.flat(), ...groups.map((name) => join('node_modules', '@vladmandic', 'face-api', 'demo', name))]
}

const scratch = await mkdtemp(join(tmpdir(), 'contact-sheet-'))
const context = { signal: new AbortController().signal, onProgress: () => undefined }
const tiles: { input: Buffer; left: number; top: number }[] = []
let height = 0
try {
  for (const [column, photo] of photos.entries()) {
    for (const [row, { background, backdropPath, lighting }] of rows.entries()) {
      const parameters = parseParameters({ background, lighting, purpose: values.purpose })
      const started = performance.now()
      try {
        const { path } = await retouchGenerate(
          {
            references: [photo],
            parameters,
            backdropPath,
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
        console.log(`${basename(photo.path)} on ${background}, ${lighting}: ${thrown.message}`)
      }
      console.log(
        `${basename(photo.path)} on ${background}, ${lighting}: ${Math.round(performance.now() - started)} ms`
      )
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

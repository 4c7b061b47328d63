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
 * Makes one sheet of the built-in engine's portraits: a row per background and lighting, a column per photo, or
 * whatever `--across` names. Each tile is what an attempt at 1k looks like, made smaller.
 *
 *   npx tsx scripts/contact-sheet.ts --out sheet.jpg [--lightings natural,soft|all] [--across photo,lighting]
 *     [--tile 400] photo.jpg group.jpg:2 …
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
    across: { type: 'string', default: 'photo' },
    quality: { type: 'string', default: '85' },
    tile: { type: 'string', default: '400' }
  }
})
const tile = Number(values.tile)
const listOf = (text: string) => text.split(',').filter((word) => word !== '')
const own = listOf(values.backdrops).map((backdropPath) => ({ background: OWN_BACKDROP, backdropPath }))
const catalogue = CATALOGUE.background.filter((entry) => entry.backdrop.kind !== 'own').map((entry) => entry.id)
const named = listOf(values.backgrounds)
const words = named.length > 0 ? named : own.length > 0 ? [] : catalogue
const backgrounds = [...words.map((background) => ({ background, backdropPath: undefined })), ...own]
const lightings = values.lightings === 'all' ? CATALOGUE.lighting.map((entry) => entry.id) : listOf(values.lightings)
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
/** What a tile shows, as indices into the lists; `across` runs in the order named, the rest downwards. */
type Axis = 'photo' | 'background' | 'lighting'
const lengths: Record<Axis, number> = {
  photo: photos.length,
  background: backgrounds.length,
  lighting: lightings.length
}
const axes: readonly Axis[] = ['background', 'lighting', 'photo']
const across = listOf(values.across).map((word) => {
  const axis = axes.find((known) => known === word)
  if (axis === undefined) throw new Error(`--across knows ${axes.join(', ')}, not ${word}`)
  return axis
})
const down = axes.filter((axis) => !across.includes(axis))
const placeAlong = (along: readonly Axis[], at: Record<Axis, number>) =>
  along.reduce((place, axis) => place * lengths[axis] + at[axis], 0)
const countOf = (along: readonly Axis[]) => along.reduce((count, axis) => count * lengths[axis], 1)

const tiles: { input: Buffer; left: number; row: number }[] = []
let height = 0

async function addTile(at: Record<Axis, number>): Promise<void> {
  const [photo, behind, lighting] = [photos[at.photo], backgrounds[at.background], lightings[at.lighting]]
  if (!photo || !behind || lighting === undefined) return
  const name = `${basename(photo.path)} on ${behind.background}, ${lighting}`
  const started = performance.now()
  try {
    const { path, notes } = await retouchGenerate(
      {
        references: [photo],
        parameters: parseParameters({ background: behind.background, lighting, purpose: values.purpose }),
        backdropPath: behind.backdropPath,
        brief: { prompt: '', settings: {}, repairs: [] },
        seed: 5,
        longEdge: 1024,
        outputFolder: scratch
      },
      context
    )
    const small = await sharp(path).resize({ width: tile }).png().toBuffer({ resolveWithObject: true })
    height = Math.max(height, small.info.height)
    tiles.push({ input: small.data, left: placeAlong(across, at) * tile, row: placeAlong(down, at) })
    console.log([`${name}: ${Math.round(performance.now() - started)} ms`, ...notes].join('\n  '))
  } catch (thrown) {
    if (!(thrown instanceof StudioError)) throw thrown
    console.log(`${name}: ${thrown.message}`)
  }
}

try {
  // Photo by photo: what is known of one serves all its tiles.
  for (let photo = 0; photo < lengths.photo; photo++) {
    for (let background = 0; background < lengths.background; background++) {
      for (let lighting = 0; lighting < lengths.lighting; lighting++) await addTile({ photo, background, lighting })
    }
  }
  const size = { width: countOf(across) * tile, height: countOf(down) * height }
  await sharp({ create: { ...size, channels: 3, background: '#2b2b2b' }, limitInputPixels: false })
    .composite(tiles.map(({ input, left, row }) => ({ input, left, top: row * height })))
    .jpeg({ quality: Number(values.quality), mozjpeg: true })
    .toFile(values.out)
} finally {
  await rm(scratch, { recursive: true, force: true })
}

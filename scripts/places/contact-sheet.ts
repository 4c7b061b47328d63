import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BACKGROUNDS, type Backdrop, PLACE_IDS } from '../../src/domain/parameters/background.ts'
import { retouchSettingsSchema } from '../../src/domain/retouch-settings.ts'
import { renderBackdrop } from '../../src/inference/backdrop/backdrop.ts'
import { PLACE_VIEWS } from '../../src/inference/backdrop/views.ts'
import { toSrgbBytes } from '../../src/inference/pixels/colour.ts'
import { sharp } from '../../src/inference/pixels/sharp.ts'

/**
 * Draws every view of every place and every studio background side by side, for choosing and checking them by eye:
 * `npm run places:sheet -- --seeds 2 --luminance 0.3`. Writes .cache/backdrops.png.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    luminance: { type: 'string', default: '0.28' },
    width: { type: 'string', default: '256' },
    aspect: { type: 'string', default: '0.8' },
    only: { type: 'string', default: '' }
  }
})
const WIDTH = Number(values.width)
const HEIGHT = Math.round(WIDTH / Number(values.aspect))
const MAX_COLUMNS = 8
const LABEL = 16

interface Tile {
  readonly name: string
  readonly backdrop: Backdrop
}

const places: Tile[] = PLACE_IDS.flatMap((place) =>
  PLACE_VIEWS[place].map(({ name }) => ({ name: `${place} ${name}`, backdrop: { kind: 'place', place, view: name } }))
)
const studio: Tile[] = BACKGROUNDS.filter(({ backdrop }) => !['place', 'original', 'own'].includes(backdrop.kind)).map(
  ({ id, backdrop }) => ({ name: id, backdrop })
)
const tiles = [...places, ...studio].filter(({ name }) => name.includes(values.only))
const seeds = Array.from({ length: Number(values.seeds) }, (_, seed) => seed + 1)

const columns = Math.min(MAX_COLUMNS, tiles.length * seeds.length)
const overlays: { input: Buffer; left: number; top: number; raw?: { width: number; height: number; channels: 3 } }[] =
  []
let index = 0
let slowest = 0
for (const { name, backdrop } of tiles) {
  for (const seed of seeds) {
    const start = performance.now()
    const { picture } = await renderBackdrop({
      backdrop,
      width: WIDTH,
      height: HEIGHT,
      seed,
      settings: retouchSettingsSchema.parse({}),
      subjectLuminance: Number(values.luminance),
      signal: new AbortController().signal
    })
    slowest = Math.max(slowest, performance.now() - start)
    const [left, top] = [(index % columns) * WIDTH, Math.floor(index / columns) * (HEIGHT + LABEL)]
    const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const
    overlays.push({ input: Buffer.from(toSrgbBytes(picture)), raw, left, top })
    const label = `<svg width="${WIDTH}" height="${LABEL}"><text x="3" y="12" font-size="12" fill="#ddd">${name}</text></svg>`
    overlays.push({ input: Buffer.from(label), left, top: top + HEIGHT })
    index++
  }
}
const rows = Math.ceil(index / columns)
const sheet = { width: WIDTH * columns, height: rows * (HEIGHT + LABEL), channels: 3, background: '#222' } as const
await mkdir('.cache', { recursive: true })
const path = join('.cache', 'backdrops.png')
await sharp({ create: sheet }).composite(overlays).png().toFile(path)
console.log(`${path}: ${index} backdrops, the slowest in ${Math.round(slowest)} ms`)

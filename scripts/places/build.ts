import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { PLACE_IDS, type PlaceId } from '../../src/domain/parameters/background.ts'
import { applyMatrix, SRGB_TO_REC2020 } from '../../src/inference/pixels/colour.ts'
import { encodeRadiance } from './encode-radiance.ts'
import { mendRinging } from './mend-ringing.ts'
import { SOURCE_PACKAGE, SOURCE_VERSION, SOURCES } from './panorama-sources.ts'
import { readExr } from './read-exr.ts'

/** Raised whenever the conversion changes, so that what an older one wrote is made again. */
const CONVERSION = 1
const FOLDER = join('resources', 'places')
const MANIFEST = join(FOLDER, 'manifest.json')

const manifestSchema = z.object({
  conversion: z.number(),
  source: z.string(),
  licence: z.string(),
  places: z.record(z.string(), z.object({ file: z.string(), sha256: z.string(), sourceSha256: z.string() }))
})
type Manifest = z.infer<typeof manifestSchema>

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function readManifest(): Promise<Manifest | null> {
  const text = await readFile(MANIFEST, 'utf8').catch(() => null)
  if (text === null) return null
  const parsed = manifestSchema.safeParse(JSON.parse(text))
  return parsed.success && parsed.data.conversion === CONVERSION ? parsed.data : null
}

async function isBuilt(manifest: Manifest | null, id: PlaceId): Promise<boolean> {
  const entry = manifest?.places[id]
  if (!entry || entry.sourceSha256 !== SOURCES[id]) return false
  const bytes = await readFile(join(FOLDER, entry.file)).catch(() => null)
  return bytes !== null && sha256(bytes) === entry.sha256
}

async function readSource(id: PlaceId): Promise<Uint8Array> {
  const module = z.object({ default: z.string() }).parse(await import(`${SOURCE_PACKAGE}/hdri/${id}.exr.js`))
  const bytes = Buffer.from(module.default.slice(module.default.indexOf(',') + 1), 'base64')
  if (sha256(bytes) !== SOURCES[id]) {
    throw new Error(
      `The panorama "${id}" of ${SOURCE_PACKAGE} is not the one of version ${SOURCE_VERSION}: run npm ci.`
    )
  }
  return bytes
}

/** Writes beside the file, then renames, so that a reader never sees half of it. */
async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  await writeFile(`${path}.partial`, bytes)
  await rename(`${path}.partial`, path)
}

async function convert(id: PlaceId): Promise<Buffer> {
  const raster = mendRinging(readExr(await readSource(id)))
  applyMatrix(raster.data, SRGB_TO_REC2020)
  return encodeRadiance(raster)
}

await mkdir(FOLDER, { recursive: true })
const before = await readManifest()
const after: Manifest = {
  conversion: CONVERSION,
  source: `${SOURCE_PACKAGE} ${SOURCE_VERSION}`,
  licence: 'CC0-1.0',
  places: {}
}
let built = 0
for (const id of PLACE_IDS) {
  const kept = before?.places[id]
  if (kept && (await isBuilt(before, id))) {
    after.places[id] = kept
    continue
  }
  const bytes = await convert(id)
  const file = `${id}.hdr`
  await writeWhole(join(FOLDER, file), bytes)
  after.places[id] = { file, sha256: sha256(bytes), sourceSha256: SOURCES[id] }
  built++
}
await writeWhole(MANIFEST, `${JSON.stringify(after, null, 2)}\n`)
console.log(`places: ${built} built, ${PLACE_IDS.length - built} already there`)

import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { PLACE_IDS, type PlaceId } from '../../src/domain/parameters/background.ts'
import { writeWholeFile } from '../../src/inference/pixels/write-file.ts'
import { sha256 } from '../files/sha256.ts'
import { convertPanorama, readSource } from './convert.ts'
import { SOURCE_PACKAGE, SOURCE_VERSION, SOURCES } from './panorama-sources.ts'

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

async function readManifest(): Promise<Manifest | null> {
  const text = await readFile(MANIFEST, 'utf8').catch(() => null)
  if (text === null) return null
  const parsed = manifestSchema.safeParse(parseJson(text))
  return parsed.success && parsed.data.conversion === CONVERSION ? parsed.data : null
}

/** Undefined for what is no JSON: a manifest cut short means that everything is made again. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function isBuilt(manifest: Manifest | null, id: PlaceId): Promise<boolean> {
  const entry = manifest?.places[id]
  if (!entry || entry.sourceSha256 !== SOURCES[id]) return false
  const bytes = await readFile(join(FOLDER, entry.file)).catch(() => null)
  return bytes !== null && sha256(bytes) === entry.sha256
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
  const bytes = convertPanorama(await readSource(id))
  const file = `${id}.hdr`
  await writeWholeFile(join(FOLDER, file), bytes)
  after.places[id] = { file, sha256: sha256(bytes), sourceSha256: SOURCES[id] }
  built++
}
await writeWholeFile(MANIFEST, Buffer.from(`${JSON.stringify(after, null, 2)}\n`))
console.log(`places: ${built} built, ${PLACE_IDS.length - built} already there`)

import type { LocalReference } from '../../domain/engine.ts'
import type { Box } from '../../domain/geometry.ts'
import { chooseFace } from '../faces/choose.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { openPhotoFaces } from '../faces/photo-faces.ts'
import { parsePerson } from '../people/parsing.ts'
import { fileKey } from '../pixels/file-key.ts'
import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { RecentlyUsed } from '../runtime/recently-used.ts'
import { classMapOf } from './class-map.ts'
import type { Surroundings } from './old-background.ts'
import { readFace } from './read-face.ts'
import type { ReferenceReading } from './scene.ts'

/** References of a few jobs; a reading holds about 2 MB. */
const KEPT = 16
const readings = new RecentlyUsed<ReferenceReading>(KEPT)

/**
 * What a reference shows. Read once per process as long as the file stays the same: every attempt of a job, and its
 * delivery, are measured against the same readings.
 *
 * @throws StudioError of `decodePhoto` and `chooseFace`
 */
export async function readReference(reference: LocalReference, signal: AbortSignal): Promise<ReferenceReading> {
  const key = [await fileKey(reference.path), reference.face].join('\n')
  return readings.open(key, () => read(reference, signal))
}

async function read({ path, face: choice }: LocalReference, signal: AbortSignal): Promise<ReferenceReading> {
  const { photo, faces } = await openPhotoFaces(path, signal)
  const face = chooseFace(faces, choice, photo.scale)
  signal.throwIfAborted()
  const classes = classMapOf(await parsePerson(photo.raster, around(face)))
  const reading = await readFace(photo.raster, face, classes)
  return { ...reading, surroundings: surroundingsOf(photo.raster, { classes, face }) }
}

/** Edge of the region parsed, in widths of the face: head, shoulders and what a portrait shows beside them. */
const CONTEXT = 6

function around({ box }: AnalysedFace): Box {
  const side = Math.max(box.width, box.height) * CONTEXT
  return { x: box.x + (box.width - side) / 2, y: box.y + (box.height - side) / 2, width: side, height: side }
}

/** Long edge of the copy of a reference that is kept for comparing backgrounds, px. */
const KEPT_LONG_EDGE = 320

function surroundingsOf(raster: Raster, { classes, face }: Omit<Surroundings, 'raster' | 'scale'>): Surroundings {
  const scale = Math.min(1, KEPT_LONG_EDGE / Math.max(raster.width, raster.height))
  const small = resize(
    raster,
    Math.max(1, Math.round(raster.width * scale)),
    Math.max(1, Math.round(raster.height * scale)),
    'area'
  )
  return { raster: small, scale, classes, face }
}

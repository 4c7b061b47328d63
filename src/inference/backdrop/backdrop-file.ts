import { open, readFile, stat } from 'node:fs/promises'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { decodePhoto } from '../pixels/decode.ts'
import { requireUsableSize } from '../pixels/photo-header.ts'
import type { Raster } from '../pixels/raster.ts'
import { isExr } from './exr-header.ts'
import { stretchHighlights } from './highlights.ts'
import { parseExr } from './open-exr.ts'
import { createPanorama, type Panorama } from './panorama.ts'
import type { Photograph } from './photograph.ts'
import { isRadiance, parseRadiance } from './radiance.ts'
import { requireLight } from './scene-light.ts'

/** What a photographer hands in to stand behind the person; `notes` are said to them. */
export type BackdropFile = { readonly notes: readonly string[] } & (
  | { readonly kind: 'panorama'; readonly panorama: Panorama }
  | { readonly kind: 'photograph'; readonly photograph: Photograph }
)

/** Long edge a backdrop is kept at: a view of 46° then has 260 pixels, twice what the usual defocus leaves to be seen. */
const KEPT_LONG_EDGE = 2048
/** The backdrop of one job, and of the next while its neighbour is judged. */
const KEPT = 2
const HINT = 'Use a panorama (.hdr, .exr) or a photograph (JPEG, PNG, TIFF, WebP, AVIF, HEIC) as the backdrop.'

const NOT_AROUND = 'The backdrop is not twice as wide as high, so it is taken for a photograph and not for a panorama.'
const ofBackdrop = (note: string) => `About the backdrop: ${note}.`

const opened = new Map<string, Promise<BackdropFile>>()

/**
 * Reads a backdrop of the photographer's own; once per process as long as the file stays the same.
 *
 * @throws StudioError `file-missing`, `file-unreadable`, `file-empty`, `file-unsupported`, `image-damaged`,
 * `image-too-large`, `image-too-small`, `cancelled`; the message says that it is the backdrop
 */
export async function openBackdropFile(path: string, signal: AbortSignal): Promise<BackdropFile> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw asBackdropError(cause)
  })
  const key = [path, facts.mtimeMs, facts.size].join('\n')
  const known = opened.get(key)
  // Taken out and put back, so that the order tells what was used last.
  opened.delete(key)
  const opening = known ?? read(path, signal)
  opened.set(key, opening)
  for (const oldest of opened.keys()) if (opened.size > KEPT) opened.delete(oldest)
  opening.catch(() => opened.delete(key))
  return opening
}

async function read(path: string, signal: AbortSignal): Promise<BackdropFile> {
  try {
    const scene = await readScene(path)
    signal.throwIfAborted()
    if (scene === null) {
      const { raster, notes } = await decodePhoto(path, { maxLongEdge: KEPT_LONG_EDGE, signal })
      stretchHighlights(raster)
      return { kind: 'photograph', photograph: { light: raster, isScene: false }, notes: notes.map(ofBackdrop) }
    }
    requireLight(scene)
    return scene.width === 2 * scene.height
      ? { kind: 'panorama', panorama: createPanorama(scene), notes: [] }
      : { kind: 'photograph', photograph: { light: scene, isScene: true }, notes: [NOT_AROUND] }
  } catch (thrown) {
    throw asBackdropError(thrown)
  }
}

/** The picture of a file with linear light, made smaller; null for any other file. @throws StudioError as `openBackdropFile` */
export async function readScene(path: string): Promise<Raster | null> {
  const head = await readStart(path)
  if (isRadiance(head)) return parseRadiance(await readFile(path), keptSize)
  if (isExr(head)) return await parseExr(await readFile(path), keptSize)
  return null
}

const START_BYTES = 8

async function readStart(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((thrown: unknown) => {
    throw toStudioError(thrown)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** A stitcher may be a row or a column off; anything farther from 2:1 is not all around. */
const RATIO_TOLERANCE = 0.01

function keptSize(stored: Size): Size {
  requireUsableSize(stored)
  const { width, height } = stored
  const scale = Math.min(1, KEPT_LONG_EDGE / Math.max(width, height))
  if (Math.abs(width / height - 2) < RATIO_TOLERANCE) {
    const half = Math.floor(Math.min(height, width / 2, KEPT_LONG_EDGE / 2))
    return { width: 2 * half, height: half }
  }
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function asBackdropError(thrown: unknown): StudioError {
  const error = toStudioError(thrown)
  if (error.code === 'cancelled') return error
  const hint = error.code === 'file-unsupported' ? HINT : error.hint
  const message = `The backdrop cannot be used. ${error.message}`
  return new StudioError(error.code, message, { hint, details: error.details, cause: thrown })
}

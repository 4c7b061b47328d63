import type { Box, Size } from '../../domain/geometry.ts'
import type { Columns } from '../people/matte-field.ts'
import { type Affine, apply, compose, warpAffine } from '../pixels/affine.ts'
import { type DecodedPhoto, decodedSize, decodePhoto } from '../pixels/decode.ts'
import type { Raster } from '../pixels/raster.ts'
import { crop, resize } from '../pixels/resample.ts'
import { denoised } from './denoise.ts'
import { type Frame, frameToPhoto } from './frame.ts'
import type { ReferencePhoto } from './reference-photo.ts'

/** The photo's own pixels over a frame, at the size of a picture. */
export interface PersonPixels {
  /** Rows of the picture from row `top` on, and of them only some columns. */
  rows(top: number, count: number, columns: Columns): Raster
  /** Pixels of the original photo behind one pixel of the picture, linear. */
  readonly sourceDetail: number
}

/** Above this many, the photo is made smaller before it is turned, so that nothing aliases. */
const SHRINK_ABOVE = 1.1
/** Photo pixels around the frame that kernels reach into. */
const MARGIN = 16

/** What of the photo is wanted, in pixels of the reference's overview. */
export interface ShownPerson {
  readonly frame: Frame
  /** Of the picture that shows the frame. */
  readonly size: Size
  /** Box that holds the person: nothing else of the photo is shown by way of these pixels. */
  readonly person: Box
  /** 0 none .. 1. */
  readonly denoise: number
}

/**
 * Where the photo has fewer pixels than the picture, they are interpolated.
 * @throws StudioError of the file, `cancelled`
 */
export async function openPersonPixels(
  reference: ReferencePhoto,
  { frame, size, person, denoise }: ShownPerson,
  signal: AbortSignal
): Promise<PersonPixels> {
  const { path, photo } = reference
  const overviewDetail = frame.height / size.height
  const maxLongEdge = longEdgeFor(photo, overviewDetail)
  const source = maxLongEdge === null ? photo.raster : decodedSize(photo.original, maxLongEdge)
  const finer = source.width / photo.raster.width
  const toSource = compose(frameToPhoto(frame, size), [finer, 0, 0, 0, finer, 0])
  const part = overlap(boundsSeen(toSource, size), scaled(person, finer), source)
  const pixels =
    maxLongEdge === null ? crop(photo.raster, part) : (await decodePhoto(path, { maxLongEdge, part, signal })).raster
  const detail = overviewDetail * finer
  const seen = prepare(pixels, detail, denoise)
  const [across, down] = [seen.width / part.width, seen.height / part.height]
  const toSeen = compose(toSource, [across, 0, -part.x * across, 0, down, -part.y * down])
  return {
    sourceDetail: overviewDetail / photo.scale,
    rows: (top, count, { first, end }) =>
      warpAffine(seen, compose([1, 0, first, 0, 1, top], toSeen), end - first, count, { kernel: 'cubic' })
  }
}

/** Pixels that are there already. */
export function rowsOf(picture: Raster, sourceDetail: number): PersonPixels {
  return {
    sourceDetail,
    rows: (top, count, { first, end }) => crop(picture, { x: first, y: top, width: end - first, height: count })
  }
}

/** Pixels of the longer edge at which the photo is as fine as the picture needs it; null where its overview is. */
function longEdgeFor({ raster, original, scale }: DecodedPhoto, detail: number): number | null {
  const overview = Math.max(raster.width, raster.height)
  if (detail >= ENOUGH || scale >= 1) return null
  // Halves keep the decoder's fast path, and let attempts with slightly different crops share one decoding.
  let longEdge = Math.max(original.width, original.height)
  while (longEdge / 2 >= overview / detail) longEdge /= 2
  return Math.ceil(longEdge)
}

/** Nearly one photo pixel a picture pixel is as good as one. */
const ENOUGH = 0.95

/** Free of noise, and no finer than the picture can show. */
function prepare(photo: Raster, detail: number, denoise: number): Raster {
  const raster = denoised(photo, denoise)
  return detail > SHRINK_ABOVE ? resize(raster, shareOf(raster.width, detail), shareOf(raster.height, detail)) : raster
}

const shareOf = (pixels: number, step: number) => Math.max(1, Math.round(pixels / step))

function boundsSeen(affine: Affine, { width, height }: Size): Box {
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: 0, y: height },
    { x: width, y: height }
  ].map((corner) => apply(affine, corner))
  const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

const scaled = (box: Box, scale: number): Box => ({
  x: box.x * scale,
  y: box.y * scale,
  width: box.width * scale,
  height: box.height * scale
})

/** Whole pixels of what both boxes share, with a margin, clipped to the picture. */
function overlap(one: Box, other: Box, picture: Size): Box {
  const clamp = (value: number, high: number) => Math.min(Math.max(value, 0), high)
  const left = clamp(Math.floor(Math.max(one.x, other.x) - MARGIN), picture.width - 1)
  const top = clamp(Math.floor(Math.max(one.y, other.y) - MARGIN), picture.height - 1)
  const right = clamp(Math.ceil(Math.min(one.x + one.width, other.x + other.width) + MARGIN), picture.width)
  const bottom = clamp(Math.ceil(Math.min(one.y + one.height, other.y + other.height) + MARGIN), picture.height)
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}

import * as ort from 'onnxruntime-node'
import { StudioError } from '../../domain/errors.ts'
import type { Box } from '../../domain/geometry.ts'
import { toSrgbBytes } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import { resizePart } from '../pixels/resample.ts'
import { RecentlyUsed } from '../runtime/recently-used.ts'
import { openModel } from '../runtime/session.ts'
import { floatsOf } from '../runtime/tensors.ts'

/** Classes of MediaPipe's multiclass selfie segmentation, in the order of the model's channels. */
export const PARSING_CLASSES = ['background', 'hair', 'body-skin', 'face-skin', 'clothes', 'other'] as const
export type ParsingClass = (typeof PARSING_CLASSES)[number]

/** Edge of the model's square input and output, px. */
export const PARSING_SIDE = 256
const CLASSES = PARSING_CLASSES.length

/** What each place of a picture shows. */
export interface PersonParsing {
  /** The part of the picture that was stretched onto the square, whole pixels of the picture. */
  readonly region: Box
  /** 256 × 256 × 6 logits, interleaved; the last axis is `PARSING_CLASSES`. */
  readonly logits: Float32Array
}

/** Looks at one picture that are kept: the regions and lifts that its measurements ask for, each 1.5 MB. */
const KEPT = 8

/** What each picture was found to show, by region and lift: in a tight portrait several regions are all of it. */
const parsed = new WeakMap<Raster, RecentlyUsed<PersonParsing>>()

/**
 * Parses a part of a picture, or all of it, into background and parts of people. Every person in it counts as one. The
 * same look at the same picture, which must not have changed, is taken once.
 * @param region in pixels of the picture; it is clipped to the picture
 * @param liftTo mean of the bytes over 255 that a darker look is brightened to first, as far as STRONGEST allows
 * @throws StudioError `model-missing`, `model-damaged`
 */
export function parsePerson(raster: Raster, region?: Box, liftTo = 0): Promise<PersonParsing> {
  const clipped = clipToPixels(region ?? { x: 0, y: 0, width: raster.width, height: raster.height }, raster)
  const known = parsed.get(raster) ?? new RecentlyUsed<PersonParsing>(KEPT)
  parsed.set(raster, known)
  const key = [clipped.x, clipped.y, clipped.width, clipped.height, liftTo].join(' ')
  return known.open(key, () => runParsing(raster, clipped, liftTo))
}

async function runParsing(raster: Raster, clipped: Box, liftTo: number): Promise<PersonParsing> {
  const bytes = toSrgbBytes(resizePart(raster, clipped, PARSING_SIDE, PARSING_SIDE, 'area'))
  brighten(bytes, liftTo)
  const input = floatsOf(bytes, 127.5, -1)
  const session = await openModel('person-parsing')
  const outputs = await session.run({ input: new ort.Tensor('float32', input, [1, PARSING_SIDE, PARSING_SIDE, 3]) })
  const logits = outputs.logits?.data
  if (!(logits instanceof Float32Array) || logits.length !== PARSING_SIDE * PARSING_SIDE * CLASSES) {
    throw new StudioError('model-damaged', 'The person parsing model does not return 256×256×6 logits.')
  }
  return { region: clipped, logits }
}

/** The strongest power by which a dark look is lifted. */
const STRONGEST = 0.5

/** Lifts a dark look by a power function in place; a bright one stays as it is. */
function brighten(bytes: Uint8Array, liftTo: number): void {
  let sum = 0
  for (const byte of bytes) sum += byte
  const mean = sum / bytes.length / 255
  if (mean >= liftTo || mean === 0) return
  const power = Math.max(STRONGEST, Math.log(liftTo) / Math.log(mean))
  const lifted = Uint8Array.from({ length: 256 }, (_, byte) => Math.round(255 * (byte / 255) ** power))
  for (let at = 0; at < bytes.length; at++) bytes[at] = lifted[bytes[at] ?? 0] ?? 0
}

function clipToPixels(box: Box, raster: Raster): Box {
  const left = Math.min(raster.width - 1, Math.max(0, Math.floor(box.x)))
  const top = Math.min(raster.height - 1, Math.max(0, Math.floor(box.y)))
  const right = Math.max(left + 1, Math.min(raster.width, Math.ceil(box.x + box.width)))
  const bottom = Math.max(top + 1, Math.min(raster.height, Math.ceil(box.y + box.height)))
  return { x: left, y: top, width: right - left, height: bottom - top }
}

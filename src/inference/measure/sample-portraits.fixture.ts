import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Criterion } from '../../domain/criterion.ts'
import { DELIVERY_PROFILES, profileSize } from '../../domain/delivery-profile.ts'
import type { MeasureRequest } from '../../domain/engine.ts'
import { parseParameters } from '../../domain/parameters/parameters.ts'
import type { PurposeId } from '../../domain/parameters/purpose.ts'
import { retouchSettingsSchema } from '../../domain/retouch-settings.ts'
import { analyseFaces } from '../faces/analyse.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { foregroundField, renderForeground } from '../people/foreground.ts'
import { estimateMatte } from '../people/matte.ts'
import { type Affine, warpAffine } from '../pixels/affine.ts'
import { decodePhoto } from '../pixels/decode.ts'
import { encodePicture } from '../pixels/encode.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'

/** A person cut out of a photo with the studio's own matte, to be laid on any background. */
export interface CutOut {
  readonly photo: Raster
  readonly face: AnalysedFace
  readonly alpha: Raster
  /** The person's own colours, free of the old background. */
  readonly foreground: Raster
}

export async function cutOut(path: string, index: number): Promise<CutOut> {
  const { raster: photo } = await decodePhoto(path, { maxLongEdge: 1200 })
  const faces = await analyseFaces(photo)
  const face = faces[index]
  if (!face) throw new Error(`${path} has no face ${index}`)
  const { alpha } = await estimateMatte(photo, face, retouchSettingsSchema.parse({}), faces)
  const foreground = renderForeground(foregroundField(photo, alpha, face.box.width), photo, alpha)
  return { photo, face, alpha, foreground }
}

export interface FrameOptions {
  readonly purpose?: PurposeId
  readonly longEdge?: number
  /** Degrees the head is turned clockwise from upright. */
  readonly tilt?: number
  /** Factor on the head's size, and shifts of the person as shares of width and height. */
  readonly headScale?: number
  readonly shiftX?: number
  readonly shiftY?: number
}

/** From the chin to between the eyes, as a share of chin to crown: usual proportions, hair included. */
const EYES_ABOVE_CHIN = 0.46
const CHIN = 152

/** The map from a delivered picture of the purpose to the photo, the head upright and in its place. */
export function framing(
  face: AnalysedFace,
  options: FrameOptions = {}
): { affine: Affine; width: number; height: number } {
  const profile = DELIVERY_PROFILES[options.purpose ?? 'professional_linkedin']
  const { width, height } = profileSize(profile, options.longEdge ?? 1024)
  const eyes = { x: (face.leftEye.x + face.rightEye.x) / 2, y: (face.leftEye.y + face.rightEye.y) / 2 }
  const chin = face.mesh.points[CHIN] ?? eyes
  const head = Math.hypot(chin.x - eyes.x, chin.y - eyes.y) / EYES_ABOVE_CHIN
  const scale = head / (profile.headHeight * height * (options.headScale ?? 1))
  const turn = ((face.tilt - (options.tilt ?? 0)) * Math.PI) / 180
  const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale]
  const x = width * (0.5 + (options.shiftX ?? 0))
  const y = height * (profile.eyeLine + (options.shiftY ?? 0))
  return { affine: [cos, -sin, eyes.x - cos * x + sin * y, sin, cos, eyes.y - sin * x - cos * y], width, height }
}

/** The photo itself, framed. */
export function framed(person: CutOut, options?: FrameOptions): Raster {
  const { affine, width, height } = framing(person.face, options)
  return warpAffine(person.photo, affine, width, height, { kernel: 'cubic' })
}

/** The person on another background. `spill` keeps that share of the old background's light on the outline. */
export function composed(
  person: CutOut,
  backdrop: (width: number, height: number) => Raster,
  options?: FrameOptions
): Raster {
  const { affine, width, height } = framing(person.face, options)
  const colour = warpAffine(person.foreground, affine, width, height, { kernel: 'cubic' })
  const alpha = warpAffine(person.alpha, affine, width, height, { outside: [0] })
  return over(colour, alpha, backdrop(width, height))
}

export function over(colour: Raster, alpha: Raster, backdrop: Raster): Raster {
  const picture = createRaster(colour.width, colour.height, 3)
  for (let at = 0; at < picture.data.length; at++) {
    const a = alpha.data[Math.floor(at / 3)] ?? 0
    picture.data[at] = a * (colour.data[at] ?? 0) + (1 - a) * (backdrop.data[at] ?? 0)
  }
  return picture
}

export function plain(grey: number): (width: number, height: number) => Raster {
  return (width, height) => {
    const raster = createRaster(width, height, 3)
    raster.data.fill(grey)
    return raster
  }
}

let folder: string | undefined
let count = 0

/** Writes a picture as an 8-bit sRGB PNG into a temporary folder of this process. */
export async function written(picture: Raster): Promise<string> {
  folder ??= mkdtempSync(join(tmpdir(), 'measure-'))
  const path = join(folder, `${count++}.png`)
  await encodePicture(picture, path, { format: 'png', bitsPerChannel: 8, profile: 'srgb' })
  return path
}

export function requestFor(path: string, picture: Raster, changes: Partial<MeasureRequest> = {}): MeasureRequest {
  return {
    references: [],
    path,
    parameters: parseParameters({}),
    expectedSize: { width: picture.width, height: picture.height },
    generatorKind: 'photographic',
    sourceDetail: 1,
    limitations: [],
    ...changes
  }
}

export const quietContext = { signal: new AbortController().signal, onProgress: () => undefined }

export function rowOf(ledger: readonly Criterion[], id: Criterion['id']): Criterion {
  const found = ledger.filter((criterion) => criterion.id === id)
  if (found.length !== 1 || !found[0]) throw new Error(`the ledger has ${found.length} rows for ${id}`)
  return found[0]
}

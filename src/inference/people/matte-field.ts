import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import { boxBlur } from '../pixels/blur.ts'
import { guidedCoefficients } from '../pixels/guided-filter.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'

export type MatteSettings = Pick<RetouchSettings, 'matte.sharpness' | 'matte.choke'>

/**
 * A matte as a function of the picture: α = clamp(levels(a·√I + b)), with a, b, the levels and the limits varying slowly
 * over the frame. Found once at working size, it gives the matte of the same frame at any size, as sharp as the pixels
 * it is evaluated on (He, Sun: "Fast guided filter", arXiv:1505.00996).
 */
export interface MatteField {
  readonly width: number
  readonly height: number
  /** Per place: a (3), b, lowest α, highest α, black level, white level. */
  readonly values: Float32Array
}

export const MATTE_TERMS = 8

/** Fields vary slowly: half the working size holds them. */
const SUBSAMPLE = 2
/** Variance of the guide below which it counts as flat; hair against a like-coloured wall needs it this low. */
const EPSILON = 4e-5
/** Radii in widths of the face: windows of the filter; how far the refined edge may leave the outline, body and hair. */
const WINDOW = 0.035
const BODY_BAND = 0.03
const HAIR_BAND = 0.09

/**
 * @param picture linear light, 3 channels
 * @param outline the silhouette over the same frame, same size
 * @param hair probability of hair, same size
 * @param faceWidth pixels of this picture
 */
export function matteField(
  picture: Raster,
  outline: Raster,
  hair: Raster,
  faceWidth: number,
  settings: MatteSettings
): MatteField {
  const width = Math.max(1, Math.round(picture.width / SUBSAMPLE))
  const height = Math.max(1, Math.round(picture.height / SUBSAMPLE))
  const unit = (faceWidth * width) / picture.width
  const pixels = (share: number) => Math.max(1, Math.round(share * unit))
  const guide = guideOf(resize(picture, width, height, 'area'))
  const input = resize(outline, width, height, 'area')
  const lines = guidedCoefficients(guide, input, pixels(WINDOW), EPSILON)
  const bodyMean = boxBlur(input, pixels(BODY_BAND)).data
  const hairMean = boxBlur(input, pixels(HAIR_BAND)).data
  const hairZone = boxBlur(resize(hair, width, height, 'area'), pixels(HAIR_BAND)).data
  const levels = levelsFor(settings['matte.sharpness'])
  const field: MatteField = { width, height, values: new Float32Array(width * height * MATTE_TERMS) }
  const { values } = field
  for (let at = 0; at < width * height; at++) {
    const to = at * MATTE_TERMS
    const softness = Math.min(1, (hairZone[at] ?? 0) * 6)
    const inside = mix(bodyMean[at] ?? 0, hairMean[at] ?? 0, softness)
    for (let term = 0; term < 4; term++) values[to + term] = lines[4 * at + term] ?? 0
    values[to + 4] = clamp((inside - 0.9) / 0.1)
    values[to + 5] = clamp(inside / 0.1)
    values[to + 6] = mix(levels.body, levels.hair, softness)
    values[to + 7] = 1 - mix(levels.body, levels.hair, softness)
  }
  const choke = settings['matte.choke'] / SUBSAMPLE
  if (choke !== 0) limitByChoke(field, renderMatte(field, resize(picture, width, height, 'area')), choke)
  return field
}

/**
 * Moves the limits so that the matte ends `choke` pixels of the field further in (positive) or out (negative). Across a
 * straight edge the mean over a square rises by 1 / its side per pixel, which tells how far the edge is.
 */
function limitByChoke(field: MatteField, alpha: Raster, choke: number): void {
  const radius = Math.ceil(Math.abs(choke)) + 1
  const mean = boxBlur(alpha, radius).data
  for (let at = 0; at < mean.length; at++) {
    const inside = ((mean[at] ?? 0) - 0.5) * (2 * radius + 1)
    const limit = clamp(inside - choke + 0.5)
    const to = at * MATTE_TERMS
    if (choke > 0) {
      field.values[to + 4] = Math.min(field.values[to + 4] ?? 0, limit)
      field.values[to + 5] = Math.min(field.values[to + 5] ?? 0, limit)
    } else {
      field.values[to + 4] = Math.max(field.values[to + 4] ?? 0, limit)
      field.values[to + 5] = Math.max(field.values[to + 5] ?? 0, limit)
    }
  }
}

/** Gamma 2: near enough to perception for windows to weigh dark and light edges alike, and cheap at every pixel. */
export function guideOf(picture: Raster): Raster {
  return { ...picture, data: picture.data.map((value) => Math.sqrt(clamp(value))) }
}

function levelsFor(sharpness: number): { body: number; hair: number } {
  return { body: 0.2 + 0.2 * sharpness, hair: 0.02 + 0.16 * sharpness }
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))
const mix = (from: number, to: number, share: number) => from + (to - from) * share

/** The whole matte at the picture's size. */
export function renderMatte(field: MatteField, picture: Raster): Raster {
  const alpha = createRaster(picture.width, picture.height, 1)
  const guide = guideOf(picture).data
  const terms = new Float32Array(MATTE_TERMS)
  for (let y = 0, at = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++, at++) {
      sampleTerms(terms, field, ((x + 0.5) / picture.width) * field.width, ((y + 0.5) / picture.height) * field.height)
      alpha.data[at] = matteAt(terms, guide[3 * at] ?? 0, guide[3 * at + 1] ?? 0, guide[3 * at + 2] ?? 0)
    }
  }
  return alpha
}

function sampleTerms(terms: Float32Array, field: MatteField, u: number, v: number): void {
  const px = Math.min(Math.max(u - 0.5, 0), field.width - 1)
  const py = Math.min(Math.max(v - 0.5, 0), field.height - 1)
  const x = Math.floor(px)
  const y = Math.floor(py)
  const x1 = Math.min(x + 1, field.width - 1)
  const y1 = Math.min(y + 1, field.height - 1)
  const a = (y * field.width + x) * MATTE_TERMS
  const b = (y * field.width + x1) * MATTE_TERMS
  const c = (y1 * field.width + x) * MATTE_TERMS
  const d = (y1 * field.width + x1) * MATTE_TERMS
  for (let t = 0; t < MATTE_TERMS; t++) {
    const upper = mix(field.values[a + t] ?? 0, field.values[b + t] ?? 0, px - x)
    const lower = mix(field.values[c + t] ?? 0, field.values[d + t] ?? 0, px - x)
    terms[t] = mix(upper, lower, py - y)
  }
}

function matteAt(terms: Float32Array, r: number, g: number, b: number): number {
  const [a0 = 0, a1 = 0, a2 = 0, offset = 0, lowest = 0, highest = 1, black = 0, white = 1] = terms
  const value = (a0 * r + a1 * g + a2 * b + offset - black) / (white - black)
  return Math.min(highest, Math.max(lowest, value, 0))
}

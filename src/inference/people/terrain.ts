import { boxBlur } from '../pixels/blur.ts'
import { rasterToOklab } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import type { PersonMaps } from './person-maps.ts'

/** What a step costs on top of 1: off the people, and across a full edge of the picture. */
const OFF_PERSON = 6
const EDGE = 8
/** Oklab distance that counts as a full edge. */
const FULL_EDGE = 0.12
/** Radius of the means that tell patterns apart, pixels of the terrain. */
const PATTERN = 4
/** Less than this of any kind is nothing known. */
const LEAST_OF_KIND = 0.4

/** The picture as walks over it see it: small. */
export interface Terrain {
  readonly width: number
  readonly height: number
  /** Pixels of the terrain per pixel of the picture. */
  readonly scale: number
  /** Interleaved Oklab of every place, and its mean around: of stripes, that of both. */
  readonly lab: Float32Array
  readonly pattern: Float32Array
  /** What a place shows, for comparing like with like: 0 nothing known, 1 hair, 2 skin, 3 clothes. */
  readonly kinds: Uint8Array
  readonly hair: Float32Array
  /** Of face and body. */
  readonly skin: Float32Array
  /** Of people over background, logits. */
  readonly margin: Float32Array
  /** Cost of a step onto a place, whoever walks. */
  readonly cost: Float32Array
}

export function terrainOf(maps: PersonMaps, raster: Raster, scale: number): Terrain {
  const width = Math.max(1, Math.round(raster.width * scale))
  const height = Math.max(1, Math.round(raster.height * scale))
  const shrink = (data: Float32Array) =>
    resize({ width: maps.width, height: maps.height, channels: 1, data }, width, height, 'area').data
  const lab = rasterToOklab(resize(raster, width, height, 'area'))
  const margin = shrink(maps.margin)
  const hair = shrink(maps.hair)
  const skin = shrink(sumOf(maps.faceSkin, maps.bodySkin))
  const clothes = shrink(maps.clothes)
  const cost = new Float32Array(width * height)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const across = squaredDifference(lab, at, x + 1 < width ? at + 1 : at)
      const down = squaredDifference(lab, at, y + 1 < height ? at + width : at)
      const edge = Math.min(1, Math.sqrt(Math.max(across, down)) / FULL_EDGE)
      cost[at] = 1 + EDGE * edge * edge + ((margin[at] ?? 0) > 0 ? 0 : OFF_PERSON)
    }
  }
  const pattern = boxBlur({ width, height, channels: 3, data: lab }, PATTERN).data
  const kinds = new Uint8Array(width * height)
  for (let at = 0; at < kinds.length; at++) kinds[at] = kindOf(hair[at] ?? 0, skin[at] ?? 0, clothes[at] ?? 0)
  return { width, height, scale, lab, pattern, kinds, hair, skin, margin, cost }
}

function sumOf(one: Float32Array, other: Float32Array): Float32Array {
  const sum = new Float32Array(one.length)
  for (let at = 0; at < sum.length; at++) sum[at] = (one[at] ?? 0) + (other[at] ?? 0)
  return sum
}

/** Where two shares are the largest, the first of them counts. */
function kindOf(hair: number, skin: number, clothes: number): number {
  const most = Math.max(LEAST_OF_KIND, hair, skin, clothes)
  if (most === LEAST_OF_KIND) return 0
  if (most === hair) return 1
  return most === skin ? SKIN : 3
}

/** Of `Terrain.kinds`. */
export const SKIN = 2

/** Square of the Oklab distance of two places. */
export function squaredDifference(lab: Float32Array, a: number, b: number): number {
  const x = (lab[3 * a] ?? 0) - (lab[3 * b] ?? 0)
  const y = (lab[3 * a + 1] ?? 0) - (lab[3 * b + 1] ?? 0)
  const z = (lab[3 * a + 2] ?? 0) - (lab[3 * b + 2] ?? 0)
  return x * x + y * y + z * z
}

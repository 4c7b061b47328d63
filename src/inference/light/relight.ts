import type { LightingId } from '../../domain/parameters/lighting.ts'
import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import type { FaceMesh } from '../faces/face.ts'
import { gaussianBlur } from '../pixels/blur.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { mapSize, meshOnMap } from './map-size.ts'
import { personNormals } from './normals.ts'
import { estimatePhotoLight, type PhotoLight, photoEnvironment } from './photo-light.ts'
import { type LightPreset, lightPreset } from './presets.ts'
import { withReflector } from './reflector.ts'
import { limitOnSkin, SKIN_LIMITS, type SkinLimits } from './skin-limit.ts'
import { type EnvironmentLight, irradiance } from './spherical-harmonics.ts'

/** What light falls on: the same whatever light that is. */
export interface SurfaceRequest {
  /** The person's own colours, linear Rec. 2020, at working size; what lies beside the person does not matter. */
  readonly person: Raster
  /** 1 channel, 0..1, same size. */
  readonly matte: Raster
  /** Skin of face and body, 1 channel, 0..1, same size. */
  readonly skin: Raster
  /** In pixels of `person`. */
  readonly mesh: FaceMesh
}

/** A person as light sees them, on the small map on which light is reckoned. */
export interface LitSurface {
  readonly person: Raster
  readonly matte: Raster
  readonly skin: Raster
  readonly normals: Raster
  /** Of the photo; null where too little skin tells it. */
  readonly light: PhotoLight | null
}

export interface RelightRequest {
  /** What the place throws on the person; null where the photo's own light stays. */
  readonly light: EnvironmentLight | null
  /** A set-up of lamps; left out or 'natural', the place lights the person. */
  readonly lighting?: LightingId | undefined
  readonly settings: Pick<RetouchSettings, 'light.strength' | 'light.tint'>
  /** The light of the photo, where it is known better than its shading tells. */
  readonly photoLight?: EnvironmentLight | undefined
}

export interface Relighting {
  /**
   * What the person's linear light is multiplied by, 3 channels: a smooth map over the frame, 256 pixels on the longer
   * edge, to be enlarged to any size.
   */
  readonly ratio: Raster
}

/** Stops a place or a preset may move luminance by, before the strength is applied; approached softly. */
const GAIN = { least: -1.5, most: 1 }
/** Stops a channel may move beyond luminance before the tint's share is taken: what clothes and hair may be tinted. */
const TINT = { least: -1.5, most: 1.5 }
/** A surface sees at least this share of the mean light: nine harmonics dip below zero opposite a strong lamp. */
const LEAST_LIGHT = 0.12

export function readSurface({ person, matte, skin, mesh }: SurfaceRequest): LitSurface {
  const { width, height } = mapSize(person)
  const shrink = (raster: Raster) => resize(raster, width, height, 'area')
  const small = { person: shrink(person), matte: shrink(matte), skin: shrink(skin) }
  const { normals } = personNormals(small.matte, meshOnMap(mesh, person, { width, height }))
  return { ...small, normals, light: estimatePhotoLight(small.person, normals, small.skin) }
}

/**
 * Moves the person's light towards that of the place or of a set-up of lamps. The photo's own light is estimated from
 * the shading of the face and divided out as far as the new one is multiplied in, so the same light changes nothing;
 * the mean exposure of the face stays but for what a set-up is known for, and skin moves within its limits.
 */
export function relight({ person, matte, skin, normals, light }: LitSurface, request: RelightRequest): Relighting {
  const { settings } = request
  const photo = request.photoLight ?? (light ? photoEnvironment(light) : null)
  const target = targetLight(request, light)
  const ratio = createRaster(person.width, person.height, 3)
  if (!target || !photo) {
    ratio.data.fill(1)
  } else {
    const from = shade(normals, photo)
    const to = shade(normals, target.light)
    levelOnFace(from, skin)
    levelOnFace(to, skin)
    const strength = settings['light.strength'] * target.strength
    const tint = settings['light.tint'] * target.tint
    gains(ratio, from, to, strength, tint, 2 ** (target.exposure * settings['light.strength']))
    protectSkin(ratio, person, matte, skin, target.skin)
  }
  return { ratio }
}

function targetLight({ light, lighting }: RelightRequest, photo: PhotoLight | null): LightPreset | null {
  if (lighting === undefined || lighting === 'natural')
    return light && { light: withReflector(light), strength: 1, tint: 1, exposure: 0, skin: SKIN_LIMITS }
  // The key stands where the photo's light comes from: moving shadows across a face is what looks false.
  return lightPreset(lighting, (photo?.directed[0] ?? -1) > 0 ? 1 : -1)
}

/** Irradiance over the normals, bounded from below. */
function shade(normals: Raster, light: EnvironmentLight): Raster {
  const shading = createRaster(normals.width, normals.height, 3)
  const value = new Float64Array(3)
  // The coefficient of the constant harmonic gives the mean irradiance of all directions.
  const least = Float64Array.from(
    [0, 1, 2],
    (c) => LEAST_LIGHT * Math.max(1e-9, (light.coefficients[c] ?? 0) * Math.PI * Math.sqrt(1 / (4 * Math.PI)))
  )
  for (let at = 0; at < shading.data.length; at += 3) {
    irradiance(value, light, normals.data[at] ?? 0, normals.data[at + 1] ?? 0, normals.data[at + 2] ?? 0)
    shading.data[at] = Math.max(least[0] ?? 0, value[0] ?? 0)
    shading.data[at + 1] = Math.max(least[1] ?? 0, value[1] ?? 0)
    shading.data[at + 2] = Math.max(least[2] ?? 0, value[2] ?? 0)
  }
  return shading
}

/** Scales a shading to a mean luminance of 1 over the skin, or over everything where there is none. */
function levelOnFace(shading: Raster, skin: Raster): void {
  let sum = 0
  let total = 0
  for (let pixel = 0; pixel < skin.data.length; pixel++) {
    const weight = (skin.data[pixel] ?? 0) + 1e-4
    sum += weight * luminanceAt(shading.data, 3 * pixel)
    total += weight
  }
  const scale = total / sum
  for (let at = 0; at < shading.data.length; at++) shading.data[at] = (shading.data[at] ?? 0) * scale
}

const luminanceAt = (data: Float32Array, at: number) => luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)

/** A gain whose stops bend to stay between the limits, and then that power of it. */
function bounded(gain: number, { least, most }: { least: number; most: number }, power: number): number {
  const stops = Math.log2(gain)
  return 2 ** (power * (stops > 0 ? most * Math.tanh(stops / most) : least * Math.tanh(stops / least)))
}

function gains(ratio: Raster, from: Raster, to: Raster, strength: number, tint: number, exposure: number): void {
  for (let at = 0; at < ratio.data.length; at += 3) {
    const before = luminanceAt(from.data, at)
    const after = luminanceAt(to.data, at)
    const gain = exposure * bounded(after / before, GAIN, strength)
    // Tints keep the luminance of white, so that exposure is decided by the gain alone.
    const scale = before / after
    const r = bounded(((to.data[at] ?? 0) / (from.data[at] ?? 1)) * scale, TINT, tint)
    const g = bounded(((to.data[at + 1] ?? 0) / (from.data[at + 1] ?? 1)) * scale, TINT, tint)
    const b = bounded(((to.data[at + 2] ?? 0) / (from.data[at + 2] ?? 1)) * scale, TINT, tint)
    const level = gain / luminance(r, g, b)
    ratio.data[at] = r * level
    ratio.data[at + 1] = g * level
    ratio.data[at + 2] = b * level
  }
}

/** Radius of the means of skin colour against which shifts are measured, as a fraction of the map's width. */
const SKIN_MEAN = 0.02

function protectSkin(ratio: Raster, person: Raster, matte: Raster, skin: Raster, limits: SkinLimits): void {
  const { width, height } = person
  const weighted = createRaster(width, height, 3)
  const weights = createRaster(width, height, 1)
  for (let pixel = 0; pixel < weights.data.length; pixel++) {
    const weight = (skin.data[pixel] ?? 0) * (matte.data[pixel] ?? 0)
    weights.data[pixel] = weight
    for (let c = 0; c < 3; c++) weighted.data[3 * pixel + c] = weight * Math.max(0, person.data[3 * pixel + c] ?? 0)
  }
  const colours = gaussianBlur(weighted, SKIN_MEAN * width)
  const shares = gaussianBlur(weights, SKIN_MEAN * width)
  for (let pixel = 0; pixel < weights.data.length; pixel++) {
    const share = shares.data[pixel] ?? 0
    if (share < 0.02) continue
    const at = 3 * pixel
    const r = Math.max(1e-4, (colours.data[at] ?? 0) / share)
    const g = Math.max(1e-4, (colours.data[at + 1] ?? 0) / share)
    const b = Math.max(1e-4, (colours.data[at + 2] ?? 0) / share)
    limitOnSkin(ratio.data, at, r, g, b, Math.min(1, 1.6 * share), limits)
  }
}

import { createRaster, type Raster } from '../pixels/raster.ts'
import { PADDING, type Panorama } from './panorama.ts'

/** Where the camera in the middle of the panorama looks. */
export interface Camera {
  /** Degrees to the right of the panorama's middle. */
  readonly yaw: number
  /** Degrees above the horizon. */
  readonly pitch: number
  /** Pixels per unit of the tangent of the angle to the optical axis. */
  readonly focal: number
}

const RADIANS = Math.PI / 180

/** Unit axes of the camera in the panorama's space: x right, y up, z towards yaw 0. Row-major: right, up, ahead. */
export function cameraAxes(yaw: number, pitch: number): readonly (readonly [number, number, number])[] {
  const [sinYaw, cosYaw] = [Math.sin(yaw * RADIANS), Math.cos(yaw * RADIANS)]
  const [sinPitch, cosPitch] = [Math.sin(pitch * RADIANS), Math.cos(pitch * RADIANS)]
  return [
    [cosYaw, 0, -sinYaw],
    [-sinYaw * sinPitch, cosPitch, -cosYaw * sinPitch],
    [sinYaw * cosPitch, sinPitch, cosYaw * cosPitch]
  ]
}

const DEGREES = 180 / Math.PI

/** Pixels of the panorama per pixel in the middle of the view; below 1 the panorama is enlarged. */
export function panoramaPixelsPerPixel(panorama: Panorama, focal: number): number {
  return (panorama.picture.width / 360) * (DEGREES / focal)
}

/**
 * The view of an ideal lens into the panorama, linear radiance, unbounded. Interpolated in the logarithm: between a
 * lamp and the wall beside it the cubic kernel then neither rings below zero nor spreads the lamp over the wall, and a
 * lamp stays a small bright spot that a defocus turns into a disc.
 */
export function renderPerspective(panorama: Panorama, camera: Camera, width: number, height: number): Raster {
  const view = createRaster(width, height, 3)
  const { logarithm } = panorama
  const [right = [1, 0, 0], up = [0, 1, 0], ahead = [0, 0, 1]] = cameraAxes(camera.yaw, camera.pitch)
  const columns = panorama.picture.width / (2 * Math.PI)
  const rows = panorama.picture.height / Math.PI
  for (let row = 0, to = 0; row < height; row++) {
    const v = (height / 2 - row - 0.5) / camera.focal
    const [rowX, rowY, rowZ] = [up[0] * v + ahead[0], up[1] * v + ahead[1], up[2] * v + ahead[2]]
    for (let column = 0; column < width; column++, to += 3) {
      const u = (column + 0.5 - width / 2) / camera.focal
      const x = rowX + right[0] * u
      const y = rowY + right[1] * u
      const z = rowZ + right[2] * u
      const across = (Math.atan2(x, z) + Math.PI) * columns
      const down = (Math.PI / 2 - Math.atan2(y, Math.sqrt(x * x + z * z))) * rows
      sampleCubic(logarithm, across - 0.5 + PADDING, down - 0.5 + PADDING, view.data, to)
    }
  }
  return view
}

/**
 * Mitchell and Netravali's cubic, B = C = 1/3 ("Reconstruction filters in computer graphics", 1988): the compromise
 * they found between blur, blocks and ringing.
 */
function weight(t: number): number {
  const x = Math.abs(t)
  if (x < 1) return ((7 * x - 12) * x * x + 16 / 3) / 6
  return x < 2 ? (((-7 / 3) * x + 12) * x * x - 20 * x + 32 / 3) / 6 : 0
}

/** Weights of four taps at 1/256 of a pixel: finer than any view shows. */
const STEPS = 256
const WEIGHTS = Float32Array.from({ length: (STEPS + 1) * 4 }, (_, at) => weight((at % 4) - 1 - (at >> 2) / STEPS))

function sampleCubic(source: Raster, x: number, y: number, target: Float32Array, to: number): void {
  const { data, width } = source
  const left = Math.floor(x)
  const top = Math.floor(y)
  const wx = Math.round((x - left) * STEPS) * 4
  const wy = Math.round((y - top) * STEPS) * 4
  const w0 = WEIGHTS[wx] ?? 0
  const w1 = WEIGHTS[wx + 1] ?? 0
  const w2 = WEIGHTS[wx + 2] ?? 0
  const w3 = WEIGHTS[wx + 3] ?? 0
  let r = 0
  let g = 0
  let b = 0
  for (let j = 0; j < 4; j++) {
    const w = WEIGHTS[wy + j] ?? 0
    const at = 3 * ((top - 1 + j) * width + left - 1)
    r += w * (w0 * (data[at] ?? 0) + w1 * (data[at + 3] ?? 0) + w2 * (data[at + 6] ?? 0) + w3 * (data[at + 9] ?? 0))
    g +=
      w * (w0 * (data[at + 1] ?? 0) + w1 * (data[at + 4] ?? 0) + w2 * (data[at + 7] ?? 0) + w3 * (data[at + 10] ?? 0))
    b +=
      w * (w0 * (data[at + 2] ?? 0) + w1 * (data[at + 5] ?? 0) + w2 * (data[at + 8] ?? 0) + w3 * (data[at + 11] ?? 0))
  }
  // The kernel's small negative lobes must not dig a dark ring around a lamp.
  const first = 3 * (top * width + left)
  const below = first + 3 * width
  target[to] = 2 ** Math.max(r, least(data, first, below))
  target[to + 1] = 2 ** Math.max(g, least(data, first + 1, below + 1))
  target[to + 2] = 2 ** Math.max(b, least(data, first + 2, below + 2))
}

/** Smallest of the four samples around the point. */
function least(data: Float32Array, above: number, below: number): number {
  return Math.min(data[above] ?? 0, data[above + 3] ?? 0, data[below] ?? 0, data[below + 3] ?? 0)
}

import type { Size } from '../../domain/geometry.ts'
import type { HexColour } from '../../domain/parameters/background.ts'
import { fromOklab, toOklab } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { rollOff } from './film-curve.ts'
import { nominalWidth } from './frame.ts'
import { fractalNoise, gradientNoise, type NoiseField } from './gradient-noise.ts'
import { linearColour } from './plain.ts'
import { lightPool, poolLight } from './studio-sweep.ts'

/** Longer edge at which the canvas is painted: it hangs out of focus, so nothing finer would be seen. */
const PAINTED_EDGE = 512

/** One layer of paint: features per width of a 4:5 picture, and how far it moves Oklab's lightness. */
const CLOUDS = { scale: 2.1, lightness: 0.085 }
const MOTTLE = { scale: 6.5, lightness: 0.045 }
const STROKES = { scale: 9, stretch: 4.2, lightness: 0.02 }
/** Warm and cool glazes over the clouds, in Oklab's a and b. */
const GLAZE = { scale: 1.7, a: 0.006, b: 0.014 }
/** How far the layers are dragged out of shape, in widths: what makes noise look like cloth that was painted by hand. */
const WARP = { scale: 1.6, reach: 0.16 }

interface Layers {
  readonly warpX: NoiseField
  readonly warpY: NoiseField
  readonly clouds: NoiseField
  readonly mottle: NoiseField
  readonly strokes: NoiseField
  readonly glaze: NoiseField
  readonly direction: NoiseField
}

function mixPaint(seed: number): Layers {
  const field = (index: number) => gradientNoise(seed * 31 + index)
  return {
    warpX: fractalNoise(field(1), 2),
    warpY: fractalNoise(field(2), 2),
    clouds: fractalNoise(field(3), 4, 0.55),
    mottle: fractalNoise(field(4), 3, 0.6),
    strokes: fractalNoise(field(5), 2),
    glaze: fractalNoise(field(6), 2),
    direction: field(7)
  }
}

/** A hand-painted muslin backdrop in the colour asked for, lit by one lamp. */
export function renderCanvas(size: Size, colour: HexColour, seed: number, gain: number): Raster {
  const scale = Math.min(1, PAINTED_EDGE / Math.max(size.width, size.height))
  const width = Math.max(1, Math.round(size.width * scale))
  const height = Math.max(1, Math.round(size.height * scale))
  const canvas = createRaster(width, height, 3)
  const { data } = canvas
  const unit = 1 / nominalWidth({ width, height })
  const pool = lightPool(seed)
  const layers = mixPaint(seed)
  const base = new Float64Array(3)
  toOklab(base, 0, ...linearColour(colour))
  const paint = new Float64Array(3)
  for (let row = 0, at = 0; row < height; row++) {
    const y = (row + 0.5 - height / 2) * unit
    for (let column = 0; column < width; column++, at += 3) {
      const x = (column + 0.5 - width / 2) * unit
      paintAt(paint, base, layers, x, y)
      const light = poolLight(pool, x, y) * gain
      for (let c = 0; c < 3; c++) data[at + c] = rollOff(Math.max(0, (paint[c] ?? 0) * light))
    }
  }
  return resize(canvas, size.width, size.height, 'cubic')
}

/** Writes the linear colour of the cloth at a point, in widths from the middle of the frame. */
function paintAt(paint: Float64Array, base: Float64Array, layers: Layers, x: number, y: number): void {
  const u = x + WARP.reach * layers.warpX(x * WARP.scale, y * WARP.scale)
  const v = y + WARP.reach * layers.warpY(x * WARP.scale, y * WARP.scale)
  // Strokes follow a direction that turns slowly over the cloth, as an arm with a wide brush does.
  const turn = 0.9 + 1.6 * layers.direction(x * 1.3, y * 1.3)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const along = ((u * cos + v * sin) * STROKES.scale) / STROKES.stretch
  const across = (v * cos - u * sin) * STROKES.scale
  const lightness =
    CLOUDS.lightness * layers.clouds(u * CLOUDS.scale, v * CLOUDS.scale) +
    MOTTLE.lightness * layers.mottle(u * MOTTLE.scale, v * MOTTLE.scale) +
    STROKES.lightness * layers.strokes(along, across)
  const glaze = layers.glaze(u * GLAZE.scale, v * GLAZE.scale)
  const l = base[0] ?? 0
  // Dark cloth shows less of every layer, or black would turn into grey clouds.
  const depth = Math.min(1, 0.35 + l)
  fromOklab(
    paint,
    0,
    l + lightness * depth,
    (base[1] ?? 0) + GLAZE.a * glaze * depth,
    (base[2] ?? 0) + GLAZE.b * glaze * depth
  )
}

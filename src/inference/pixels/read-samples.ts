import type { Box, Size } from '../../domain/geometry.ts'
import type { DecodedSamples } from './decode-samples.ts'
import { type DeviceColour, fullScale } from './device-colour.ts'
import { resamplingTaps, type Taps, tapsSpan } from './kernels.ts'
import { createRaster, type Raster } from './raster.ts'
import { resample } from './resample.ts'

/**
 * A part of decoded samples in working colour, as it lies in the whole picture at the size `target`. Samples are
 * converted row by row as the kernel comes to them: floats of a whole photo would take four times its own memory.
 */
export function readSamples(
  decoded: DecodedSamples,
  colour: DeviceColour,
  target: Size,
  part: Box = { x: 0, y: 0, ...target }
): { raster: Raster; seeThrough: boolean } {
  const rows = new LinearRows(decoded, colour)
  const raster = isSameSize(decoded, target) ? rows.copy(part) : resamplePart(rows, decoded, target, part)
  return { raster, seeThrough: rows.seeThrough }
}

const isSameSize = (one: Size, other: Size) => one.width === other.width && one.height === other.height

function resamplePart(rows: LinearRows, decoded: Size, target: Size, { x, y, width, height }: Box): Raster {
  const across = resamplingTaps(decoded.width, target.width, 'lanczos3', x, width)
  const down = resamplingTaps(decoded.height, target.height, 'lanczos3', y, height)
  const { begin: first, end } = tapsSpan(across)
  const line = new Float32Array(3 * (end - first))
  const begin = (row: number) => {
    rows.read(row, first, line)
    return 0
  }
  return resample({ data: line, begin }, 3, startingAt(across, first), down)
}

/** The same taps for a line that begins with position `begin`. */
function startingAt({ taps, first, weights }: Taps, begin: number): Taps {
  return { taps, first: first.map((position) => position - begin), weights }
}

/** Linear light that transparent parts are laid on: the middle grey of L* 50. */
export const BACKING = 0.184

class LinearRows {
  readonly #decoded: DecodedSamples
  readonly #colour: DeviceColour
  #seeThrough = false

  constructor(decoded: DecodedSamples, colour: DeviceColour) {
    this.#decoded = decoded
    this.#colour = colour
  }

  /** Whether anything that was read was transparent. */
  get seeThrough(): boolean {
    return this.#seeThrough
  }

  /** Writes pixels of row `y` from column `x` on, as many as `line` holds. */
  read(y: number, x: number, line: Float32Array): void {
    const { samples, stride, width, hasAlpha } = this.#decoded
    const begin = (y * width + x) * stride
    const pixels = line.length / 3
    const row = samples.subarray(begin, begin + pixels * stride)
    this.#colour.convert(row, stride, pixels, line)
    if (hasAlpha) this.#layOnGrey(line, row, stride)
  }

  copy({ x, y, width, height }: Box): Raster {
    const raster = createRaster(width, height, 3)
    const span = 3 * width
    for (let row = 0; row < height; row++) this.read(y + row, x, raster.data.subarray(row * span, (row + 1) * span))
    return raster
  }

  #layOnGrey(line: Float32Array, samples: DecodedSamples['samples'], stride: number): void {
    const full = fullScale(samples)
    for (let at = 0, alphaAt = stride - 1; at < line.length; at += 3, alphaAt += stride) {
      const alpha = (samples[alphaAt] ?? 0) / full
      if (alpha === 1) continue
      this.#seeThrough = true
      const rest = BACKING * (1 - alpha)
      line[at] = (line[at] ?? 0) * alpha + rest
      line[at + 1] = (line[at + 1] ?? 0) * alpha + rest
      line[at + 2] = (line[at + 2] ?? 0) * alpha + rest
    }
  }
}

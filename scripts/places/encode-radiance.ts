import type { Raster } from '../../src/inference/pixels/raster.ts'
import { REC2020 } from '../../src/inference/pixels/rgb-spaces.ts'

const { red, green, blue, white } = REC2020

/** A linear Rec. 2020 picture as a run-length encoded Radiance file (see src/inference/backdrop/radiance.ts). */
export function encodeRadiance(raster: Raster): Buffer {
  const { width, height, data } = raster
  if (width < 8 || width > 0x7fff) throw new RangeError(`Run-length encoded rows have 8 to 32767 pixels, not ${width}.`)
  const primaries = [...red, ...green, ...blue, ...white].join(' ')
  const header = `#?RADIANCE\nFORMAT=32-bit_rle_rgbe\nPRIMARIES= ${primaries}\n\n-Y ${height} +X ${width}\n`
  const chunks: Uint8Array[] = [Buffer.from(header, 'latin1')]
  const planes = Array.from({ length: 4 }, () => new Uint8Array(width))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) encodePixel(planes, x, data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3))
    chunks.push(Uint8Array.of(2, 2, width >> 8, width & 0xff), ...planes.map(runLengths))
  }
  return Buffer.concat(chunks)
}

/** color.c, setcolr: the largest component sets the exponent, mantissas are truncated. */
function encodePixel(planes: readonly Uint8Array[], x: number, rgb: Float32Array): void {
  const peak = Math.max(rgb[0] ?? 0, rgb[1] ?? 0, rgb[2] ?? 0)
  const exponent = peak > 1e-32 ? Math.floor(Math.log2(peak)) + 1 : 0
  const scale = peak > 1e-32 ? 256 / 2 ** exponent : 0
  for (let c = 0; c < 3; c++) {
    const plane = planes[c]
    if (plane) plane[x] = Math.min(255, Math.floor((rgb[c] ?? 0) * scale))
  }
  const exponents = planes[3]
  if (exponents) exponents[x] = peak > 1e-32 ? exponent + 128 : 0
}

const MAX_RUN = 127
const MAX_LITERAL = 128
/** A shorter run costs more than it saves. */
const MIN_RUN = 4

function runLengths(plane: Uint8Array): Uint8Array {
  const out: number[] = []
  for (let x = 0; x < plane.length; ) {
    const run = runAt(plane, x)
    if (run >= MIN_RUN) {
      out.push(128 + run, plane[x] ?? 0)
      x += run
      continue
    }
    let end = x + 1
    while (end < plane.length && end - x < MAX_LITERAL && runAt(plane, end) < MIN_RUN) end++
    out.push(end - x, ...plane.subarray(x, end))
    x = end
  }
  return Uint8Array.from(out)
}

function runAt(plane: Uint8Array, start: number): number {
  let end = start + 1
  while (end < plane.length && end - start < MAX_RUN && plane[end] === plane[start]) end++
  return end - start
}

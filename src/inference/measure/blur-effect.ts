/** Rows and columns of one plane of grey values. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/** Length of the averaging filter that blurs again, px; scikit-image's default. */
const FILTER = 11
const REACH = (FILTER - 1) / 2

/** A direction of a plane: the distance in `data` and the number of neighbours along and across it. */
interface Direction {
  readonly along: number
  readonly length: number
  readonly across: number
  readonly lines: number
}

/**
 * The perceptual blur metric: how little a picture changes when it is blurred again. 0 is sharp, 1 is blurred away; it
 * depends on neither contrast nor brightness. The worse of both directions.
 * Crété-Roffet, Dolmiere, Ladret, Nicolas: "The blur effect: perception and estimation with a new no-reference
 * perceptual blur metric", SPIE 6492, 2007, with Sobel edges as in `skimage.measure.blur_effect`.
 */
export function blurEffect(plane: Plane): number {
  const { width, height } = plane
  const rows: Direction = { along: 1, length: width, across: width, lines: height }
  const columns: Direction = { along: width, length: height, across: 1, lines: width }
  return Math.max(directionalBlur(plane.data, rows), directionalBlur(plane.data, columns))
}

function directionalBlur(data: Float32Array, { along, length, across, lines }: Direction): number {
  const line = new Float64Array(length)
  const blurred = new Float64Array(length)
  let total = 0
  let lost = 0
  for (let at = 2; at < lines - 1; at++) {
    for (let i = 0; i < length; i++) {
      const centre = at * across + i * along
      // Sobel's 1-2-1 across the direction of the edge; it commutes with the blur along it.
      line[i] = ((data[centre - across] ?? 0) + 2 * (data[centre] ?? 0) + (data[centre + across] ?? 0)) / 4
    }
    average(line, blurred)
    for (let i = 2; i < length - 1; i++) {
      const sharp = Math.abs((line[i + 1] ?? 0) - (line[i - 1] ?? 0)) / 2
      const soft = Math.abs((blurred[i + 1] ?? 0) - (blurred[i - 1] ?? 0)) / 2
      total += sharp
      lost += Math.max(0, sharp - soft)
    }
  }
  return total > 0 ? (total - lost) / total : 1
}

/** Moving average; beyond its ends the line is mirrored. */
function average(line: Float64Array, target: Float64Array): void {
  const length = line.length
  const mirrored = (i: number) => line[i < 0 ? -1 - i : i >= length ? 2 * length - 1 - i : i] ?? 0
  let sum = 0
  for (let i = -REACH; i <= REACH; i++) sum += mirrored(i)
  for (let i = 0; i < length; i++) {
    target[i] = sum / FILTER
    sum += mirrored(i + REACH + 1) - mirrored(i - REACH)
  }
}

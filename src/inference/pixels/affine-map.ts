import { StudioError } from '../../domain/errors.ts'
import type { Point } from '../../domain/geometry.ts'

/**
 * [a, b, c, d, e, f] takes a DESTINATION point (x, y) to the SOURCE point (a·x + b·y + c, d·x + e·y + f). Points are
 * continuous: the origin is the outer corner of the first pixel, whose centre is (0.5, 0.5).
 */
export type Affine = readonly [number, number, number, number, number, number]

export function apply([a, b, c, d, e, f]: Affine, { x, y }: Point): Point {
  return { x: a * x + b * y + c, y: d * x + e * y + f }
}

/** The transform that applies `first`, then `second`. */
export function compose(first: Affine, second: Affine): Affine {
  const [a, b, c, d, e, f] = first
  const [k, l, m, n, o, p] = second
  return [k * a + l * d, k * b + l * e, k * c + l * f + m, n * a + o * d, n * b + o * e, n * c + o * f + p]
}

export function invert([a, b, c, d, e, f]: Affine): Affine {
  const determinant = a * e - b * d
  if (determinant === 0) throw new StudioError('internal', 'A transform that flattens the plane has no inverse.')
  const [i, j, k, l] = [e / determinant, -b / determinant, -d / determinant, a / determinant]
  return [i, j, -(i * c + j * f), k, l, -(k * c + l * f)]
}

/**
 * The rotation, uniform scale and shift that fit the source points to the destination points best in the least squares
 * of the destination, as alignment to a template is defined; returned as the map from destination to source.
 * Umeyama: "Least-squares estimation of transformation parameters between two point patterns", PAMI 13(4), 1991;
 * in the plane its singular value decomposition has this closed form, which never mirrors.
 *
 * @param destination at least two different points
 * @param source as many points, in the same order
 */
export function similarity(destination: readonly Point[], source: readonly Point[]): Affine {
  const count = source.length
  if (count < 2 || destination.length !== count) {
    throw new StudioError('internal', `${destination.length} and ${count} points do not give a similarity.`)
  }
  const to = mean(destination)
  const from = mean(source)
  let spread = 0
  let dot = 0
  let cross = 0
  source.forEach((point, at) => {
    const goal = destination[at] ?? to
    const [x, y, u, v] = [point.x - from.x, point.y - from.y, goal.x - to.x, goal.y - to.y]
    spread += x * x + y * y
    dot += x * u + y * v
    cross += x * v - y * u
  })
  if (spread === 0 || (dot === 0 && cross === 0)) throw new StudioError('internal', 'The points coincide.')
  const [cos, sin] = [dot / spread, cross / spread]
  return invert([cos, -sin, to.x - cos * from.x + sin * from.y, sin, cos, to.y - sin * from.x - cos * from.y])
}

function mean(points: readonly Point[]): Point {
  let x = 0
  let y = 0
  for (const point of points) {
    x += point.x / points.length
    y += point.y / points.length
  }
  return { x, y }
}

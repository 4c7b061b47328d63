import type { Point } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { CHIN, FACE_OVAL, FOREHEAD, LEFT_EAR, RIGHT_EAR } from '../faces/mesh-indices.ts'
import { areasOf } from './connected.ts'
import { faceSize, type PersonMaps } from './person-maps.ts'

/** A head from which a person's part of the picture is grown; pixels of the picture. */
export interface Head {
  /** Of the head's axis, which runs between the ears: of a turned face not the points of the face itself. */
  readonly forehead: Point
  readonly chin: Point
  /** Width of the face. */
  readonly size: number
  /** Points that surely show this person. */
  readonly seeds: readonly Point[]
  /** Points around the face where their own hair is, if anywhere. */
  readonly hairline: readonly Point[]
}

/** Steps below the chin that surely show the person's own throat and chest, in lengths of the face. */
const THROAT = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
/** The throat hangs this far along the head's own axis, the rest straight down. */
const THROAT_LEAN = 0.5
/** Points that tell the colours of hair at most: each is compared with every place. */
const MOST_HAIRLINE = 120
/** Hair is looked for at these distances from the middle of the face, the face's own outline being 1. */
const HAIRLINE = [1.12, 1.25, 1.4]

export function headOf(face: AnalysedFace): Head {
  const middle = { x: face.box.x + face.box.width / 2, y: face.box.y + face.box.height / 2 }
  const front = { forehead: face.mesh.points[FOREHEAD] ?? middle, chin: face.mesh.points[CHIN] ?? middle }
  const { forehead, chin } = moved(front, neckOffset(front, earsOf(face) ?? front.chin))
  const centre = { x: (front.forehead.x + front.chin.x) / 2, y: (front.forehead.y + front.chin.y) / 2 }
  const oval = FACE_OVAL.flatMap((index) => face.mesh.points[index] ?? [])
  const hairline = HAIRLINE.flatMap((reach) =>
    oval.map(({ x, y }) => ({ x: centre.x + (x - centre.x) * reach, y: centre.y + (y - centre.y) * reach }))
  )
  return { forehead, chin, size: faceSize(face), seeds: [...face.mesh.points, ...throatOf(forehead, chin)], hairline }
}

/** Of the way to the middle between the ears: a head looks to the side, and over a shoulder, with the neck coming along. */
const NECK = 0.5

type Axis = Pick<Head, 'forehead' | 'chin'>

/** Half-way between the ears: where the head turns. */
function earsOf({ mesh }: AnalysedFace): Point | undefined {
  const [left, right] = [mesh.points[LEFT_EAR], mesh.points[RIGHT_EAR]]
  return left && right && { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 }
}

/** From the face's middle line to the neck's: of a turned face, forehead and chin stand off to the side of the body. */
function neckOffset({ forehead, chin }: Axis, ears: Point): Point {
  const [downX, downY] = [chin.x - forehead.x, chin.y - forehead.y]
  const [x, y] = [ears.x - chin.x, ears.y - chin.y]
  const length = downX * downX + downY * downY
  const along = length > 0 ? (x * downX + y * downY) / length : 0
  return { x: NECK * (x - along * downX), y: NECK * (y - along * downY) }
}

const moved = ({ forehead, chin }: Axis, { x, y }: Point): Axis => ({
  forehead: { x: forehead.x + x, y: forehead.y + y },
  chin: { x: chin.x + x, y: chin.y + y }
})

function throatOf(forehead: Point, chin: Point): Point[] {
  const { x, y } = throatDirection({ forehead, chin })
  return THROAT.map((step) => ({ x: chin.x + x * step, y: chin.y + y * step }))
}

function throatDirection({ forehead, chin }: Axis): Point {
  return { x: (chin.x - forehead.x) * THROAT_LEAN, y: Math.hypot(chin.x - forehead.x, chin.y - forehead.y) }
}

/** A straight piece of a person's axis, pixels of the picture. */
export interface AxisPiece {
  readonly from: Point
  readonly along: Point
}

/** The axis of a person: from the forehead to the chin, and as far again down the chest, which leans less than the head. */
export function axisOf({ forehead, chin }: Axis): [AxisPiece, AxisPiece] {
  const face = { from: forehead, along: { x: chin.x - forehead.x, y: chin.y - forehead.y } }
  return [face, { from: chin, along: throatDirection({ forehead, chin }) }]
}

/** Skin of a face without a face: at least this area, in squares of the chosen face's width, and this much hair by it. */
const LEAST_SKIN = 0.12
const LEAST_HAIR = 0.12
/** A face's own skin lies within this many of its widths of its middle. */
const OWN_REACH = 0.85
/** An unseen head's width is that of a square of its visible skin times this: a profile shows about half of its oval. */
const WIDTH_OF_SKIN = 1.2

/**
 * Heads that the face detector does not see, profiles above all, by what the parsing says: skin of a face, away from
 * every known face, with hair beside it.
 */
export function unseenHeads(maps: PersonMaps, face: AnalysedFace, faces: readonly AnalysedFace[]): Head[] {
  const { width, height, scale, faceSkin } = maps
  const unit = faceSize(face) * scale
  const isSkin = (at: number) => (faceSkin[at] ?? 0) > 0.5
  const heads: Head[] = []
  for (const area of areasOf(isSkin, width, height)) {
    if (area.length < LEAST_SKIN * unit * unit) continue
    const points = Array.from(area, (at) => ({
      x: ((at % width) + 0.5) / scale,
      y: (Math.floor(at / width) + 0.5) / scale
    }))
    if (points.some((point) => faces.some((known) => isNear(point, known)))) continue
    const head = headOfSkin(points, Math.sqrt(area.length) / scale, maps)
    if (head) heads.push(head)
  }
  return heads
}

function isNear({ x, y }: Point, { box }: AnalysedFace): boolean {
  const reach = OWN_REACH * Math.max(box.width, box.height)
  return Math.hypot(x - box.x - box.width / 2, y - box.y - box.height / 2) < reach
}

/**
 * The head's axis runs through the middle of skin and hair together: of a profile, the skin is only the front. Null
 * where there is too little hair for a head.
 */
function headOfSkin(skin: readonly Point[], side: number, maps: PersonMaps): Head | null {
  const size = WIDTH_OF_SKIN * side
  const top = skin.reduce((least, { y }) => Math.min(least, y), Number.POSITIVE_INFINITY)
  const bottom = skin.reduce((most, { y }) => Math.max(most, y), Number.NEGATIVE_INFINITY)
  const hair = hairAround({ x: meanX(skin), y: (top + bottom) / 2 }, size, maps)
  if (hair.length < LEAST_HAIR * (size * maps.scale) ** 2) return null
  const x = meanX([...skin, ...hair])
  const [forehead, chin] = [
    { x, y: top },
    { x, y: bottom }
  ]
  const every = Math.ceil(hair.length / MOST_HAIRLINE)
  const hairline = hair.filter((_, index) => index % every === 0)
  return { forehead, chin, size, seeds: [...skin, ...throatOf(forehead, chin)], hairline }
}

const meanX = (points: readonly Point[]) => points.reduce((sum, { x }) => sum + x, 0) / points.length

/** Places of hair within a reach of a point. */
function hairAround(middle: Point, reach: number, { width, height, scale, hair }: PersonMaps): Point[] {
  const [x, y, steps] = [middle.x * scale, middle.y * scale, reach * scale]
  const points: Point[] = []
  for (let row = Math.max(0, Math.floor(y - steps)); row < Math.min(height, y + steps); row++) {
    for (let column = Math.max(0, Math.floor(x - steps)); column < Math.min(width, x + steps); column++) {
      if ((hair[row * width + column] ?? 0) < 0.5) continue
      points.push({ x: (column + 0.5) / scale, y: (row + 0.5) / scale })
    }
  }
  return points
}

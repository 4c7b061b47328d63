import type { Point, Size } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { areasOf } from './connected.ts'
import { connectedPart } from './connected-part.ts'
import { headOf } from './heads.ts'
import { faceSize, type PersonMaps } from './person-maps.ts'
import { shareAround } from './share-around.ts'
import { dropThinPieces } from './thin-pieces.ts'

/** Logit margins become probabilities by σ(3·margin): the model is sure within a pixel or two of the true edge. */
const STEEPNESS = 3
/** Holes up to this area, in squares of the face's width, are texture the model stumbled over: buttons, patterns, shine. */
const HOLE_AREA = 0.1
const ON_FRAME = 0.2
/** Before the chest, where no arm leaves a gap: so much larger, within these widths of the face of the chin, across and down. */
const CHEST = { times: 4, across: 0.9, below: 0.3 }
/** What stands before the chest, with the body on both sides within this many widths of the face of the axis, hides the body. */
const BEFORE_CHEST = 0.7
/** Half the width, in widths of the face, of what still counts as a strand of hair. */
const STRAND = 0.04
/** Deeper inside than this, in widths of the face, nothing is seen through: seams between clothes and skin close. */
const SOLID = 0.025

/**
 * The person's outline before it is refined against the picture: the part of the people that is theirs and connected to
 * their face, without holes. 1 channel on the grid of the maps, 0..1.
 */
export function silhouette(face: AnalysedFace, maps: PersonMaps, claim: Raster): Raster {
  const { width, height } = maps
  const outline = createRaster(width, height, 1)
  const { data } = outline
  for (let at = 0; at < data.length; at++) {
    data[at] = (claim.data[at] ?? 0) / (1 + Math.exp(-STEEPNESS * (maps.margin[at] ?? 0)))
  }
  const unit = faceSize(face) * maps.scale
  const chin = headOf(face).chin
  const isChest = (hole: Int32Array) => {
    const x = hole.reduce((sum, at) => sum + (at % width), 0) / hole.length
    const y = hole.reduce((sum, at) => sum + Math.floor(at / width), 0) / hole.length
    const across = Math.abs(x - chin.x * maps.scale) / unit
    return across < CHEST.across && (y - chin.y * maps.scale) / unit > CHEST.below
  }
  const largest = HOLE_AREA * unit * unit
  const thickness = thicknessOf(outline, Math.max(1, Math.round(STRAND * unit)))
  coverChest(data, thickness, outline, { x: chin.x * maps.scale, y: chin.y * maps.scale }, BEFORE_CHEST * unit)
  fillHoles(data, thickness, outline, (hole) => (isChest(hole) ? CHEST.times * largest : largest))
  makeSolid(outline, Math.max(1, Math.round(SOLID * unit)))
  const points = face.mesh.points.map(({ x, y }) => ({ x: x * maps.scale, y: y * maps.scale }))
  const isOthers = (at: number) => (claim.data[at] ?? 0) < 0.5 && (maps.margin[at] ?? 0) > 0
  return dropThinPieces(connectedPart(outline, points, unit), maps.hair, isOthers, unit)
}

/**
 * A microphone or a book before the chest is no hole in the person: row by row from the chin down, as long as the body
 * shows on both sides of it.
 */
function coverChest(
  data: Float32Array,
  thickness: Float32Array,
  { width, height }: Size,
  chin: Point,
  reach: number
): void {
  const [first, last] = [Math.max(0, Math.round(chin.x - reach)), Math.min(width - 1, Math.round(chin.x + reach))]
  for (let y = Math.max(0, Math.round(chin.y)); y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width)
    // A lock that stands off holds nothing before the chest.
    const isBody = (x: number) => (thickness[y * width + x] ?? 0) >= THICK
    let [left, right] = [first, last]
    while (left <= last && !isBody(left)) left++
    while (right > left && !isBody(right)) right--
    if (left > chin.x || right < chin.x) return
    for (let x = left; x <= right; x++) if ((row[x] ?? 0) < 0.5) row[x] = 1
  }
}

function fillHoles(
  data: Float32Array,
  thickness: Float32Array,
  { width, height }: Size,
  largest: (hole: Int32Array) => number
): void {
  const onFrame = (at: number) => {
    const x = at % width
    return x === 0 || x === width - 1 || at < width || at >= width * (height - 1)
  }
  const outside = outsideOfThick(data, thickness, { width, height }, largest)
  for (const hole of areasOf((at) => (data[at] ?? 0) < 0.5, width, height)) {
    // What the frame cuts may be the place seen under an arm, so only specks are filled there.
    const limit = largest(hole) * (hole.some(onFrame) ? ON_FRAME : 1)
    if (hole.length <= limit && !hole.some((at) => outside[at] === 1)) for (const at of hole) data[at] = 1
  }
}

/** Share of a window around each place that is inside. */
function thicknessOf(outline: Raster, radius: number): Float32Array {
  return shareAround(outline, (at) => (outline.data[at] ?? 0) >= 0.5, radius)
}

/** What lies outside a person without their single strands of hair: 1, else 0. Through a loop of hair the place is seen. */
function outsideOfThick(
  data: Float32Array,
  thickness: Float32Array,
  { width, height }: Size,
  largest: (hole: Int32Array) => number
): Uint8Array {
  const outside = new Uint8Array(data.length)
  for (const area of areasOf((at) => (thickness[at] ?? 0) < THICK, width, height)) {
    const open = area.reduce((count, at) => count + ((data[at] ?? 0) < 0.5 ? 1 : 0), 0)
    if (open > largest(area)) for (const at of area) outside[at] = 1
  }
  return outside
}

/** Share of a window that is inside, below which its middle is not the body's. */
const THICK = 0.6

function makeSolid(outline: Raster, depth: number): void {
  const { data } = outline
  const deep = thicknessOf(outline, depth)
  for (let at = 0; at < data.length; at++) data[at] = Math.max(data[at] ?? 0, ((deep[at] ?? 0) - 0.85) / 0.15)
}

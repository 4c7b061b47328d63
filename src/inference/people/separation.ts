import type { AnalysedFace } from '../faces/face.ts'
import { CHIN, FOREHEAD } from '../faces/mesh-indices.ts'
import { boxBlur } from '../pixels/blur.ts'
import { rasterToOklab } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { appearanceOf } from './appearance.ts'
import { geodesicDistance } from './geodesic.ts'
import { faceSize, type PersonMaps } from './person-maps.ts'

/** A face is this many pixels wide where walks are found; the border is moved to the picture's edges afterwards. */
const FACE_WIDTH = 40
/** What a step costs on top of 1: off the people, across a full edge of the picture, on hair unlike the person's own. */
const OFF_PERSON = 6
const EDGE = 8
const FOREIGN_HAIR = 10
/** Once the colours of everybody are known: a step onto another's, and the share a step onto one's own gets cheaper by. */
const FOREIGN = 7
const FAMILIAR = 0.5
/** Oklab distances that count as a full edge, and as another colour of hair. */
const FULL_EDGE = 0.12
const OTHER_HAIR = 0.12
/** What one face's width as the crow flies weighs beside the walk. */
const CROW = 6
/** Width of the soft border between two people, in widths of the face. */
const BORDER = 0.1

/** The picture as walks see it: small, in Oklab. */
interface Terrain {
  readonly width: number
  readonly height: number
  /** Pixels of the terrain per pixel of the picture. */
  readonly scale: number
  readonly lab: Float32Array
  readonly hair: Float32Array
  /** Of people over background, logits. */
  readonly margin: Float32Array
  /** Cost of a step onto a place, whoever walks. */
  readonly cost: Float32Array
}

/**
 * Which of the people in the picture is the one with this face: 1 theirs, 0 somebody else's, on the grid of the maps.
 * Every place goes to the face it is reached from most easily without crossing edges, distances in widths of that face
 * (seeded geodesic segmentation: Bai and Sapiro, "A geodesic framework for fast interactive image and video
 * segmentation and matting", ICCV 2007).
 */
export function claimPerson(
  face: AnalysedFace,
  faces: readonly AnalysedFace[],
  maps: PersonMaps,
  raster: Raster
): Raster {
  const others = faces.filter((other) => other.index !== face.index)
  if (others.length === 0) return { ...createRaster(maps.width, maps.height, 1), data: maps.margin.map(() => 1) }
  const terrain = terrainOf(maps, raster, Math.min(maps.scale, FACE_WIDTH / faceSize(face)))
  const first = leadOf(face, others, terrain, null)
  const groups = Int8Array.from(first, (lead, at) => (isSure(lead, at, terrain) ? Math.sign(lead) : 0))
  const second = leadOf(face, others, terrain, appearanceOf(terrain.lab, groups))
  const claim = createRaster(terrain.width, terrain.height, 1)
  for (let at = 0; at < claim.data.length; at++) {
    claim.data[at] = Math.min(1, Math.max(0, 0.5 + (second[at] ?? 0) / BORDER))
  }
  return resize(boxBlur(claim, 1), maps.width, maps.height)
}

/** Leads beyond this, in widths of a face, tell whose the colours of a place are. */
const SURE_LEAD = 4

const isSure = (lead: number, at: number, { margin }: Terrain) => Math.abs(lead) > SURE_LEAD && (margin[at] ?? 0) > 0.5

/** How much farther every place is from everybody else than from this face, in widths of a face. */
function leadOf(
  face: AnalysedFace,
  others: readonly AnalysedFace[],
  terrain: Terrain,
  appearance: Float32Array | null
): Float32Array {
  const own = distancesFrom(face, terrain, appearance)
  const theirs = appearance?.map((likeness) => 1 - likeness) ?? null
  const lead = new Float32Array(own.length).fill(Number.POSITIVE_INFINITY)
  for (const other of others) {
    const distances = distancesFrom(other, terrain, theirs)
    for (let at = 0; at < lead.length; at++) {
      lead[at] = Math.min(lead[at] ?? 0, (distances[at] ?? 0) - (own[at] ?? 0))
    }
  }
  return lead
}

function terrainOf(maps: PersonMaps, raster: Raster, scale: number): Terrain {
  const width = Math.max(1, Math.round(raster.width * scale))
  const height = Math.max(1, Math.round(raster.height * scale))
  const shrink = (data: Float32Array) =>
    resize({ width: maps.width, height: maps.height, channels: 1, data }, width, height, 'area').data
  const lab = rasterToOklab(resize(raster, width, height, 'area'))
  const margin = shrink(maps.margin)
  const cost = new Float32Array(width * height)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const across = difference(lab, at, lab, x + 1 < width ? at + 1 : at)
      const down = difference(lab, at, lab, y + 1 < height ? at + width : at)
      const edge = Math.min(1, Math.max(across, down) / FULL_EDGE)
      cost[at] = 1 + EDGE * edge * edge + ((margin[at] ?? 0) > 0 ? 0 : OFF_PERSON)
    }
  }
  return { width, height, scale, lab, hair: shrink(maps.hair), margin, cost }
}

const difference = (one: Float32Array, a: number, other: Float32Array, b: number) =>
  Math.hypot(
    (one[3 * a] ?? 0) - (other[3 * b] ?? 0),
    (one[3 * a + 1] ?? 0) - (other[3 * b + 1] ?? 0),
    (one[3 * a + 2] ?? 0) - (other[3 * b + 2] ?? 0)
  )

/** How far everything is from a face, by the cheapest walk and as the crow flies, in widths of that face. */
function distancesFrom(face: AnalysedFace, terrain: Terrain, appearance: Float32Array | null): Float32Array {
  const { width, height, scale } = terrain
  const unit = faceSize(face) * scale
  const walks = geodesicDistance(costsFor(face, terrain, appearance), width, height, seedsOf(face, terrain))
  const { forehead, chin } = axisOf(face)
  const [fromX, fromY] = [forehead.x * scale, forehead.y * scale]
  const [alongX, alongY] = [(chin.x - forehead.x) * scale, (chin.y - forehead.y) * scale]
  const length = alongX * alongX + alongY * alongY
  return walks.map((walk, at) => {
    const [x, y] = [(at % width) - fromX, Math.floor(at / width) - fromY]
    const along = length > 0 ? Math.min(AXIS_END, Math.max(0, (x * alongX + y * alongY) / length)) : 0
    return (walk + CROW * Math.hypot(x - along * alongX, y - along * alongY)) / unit
  })
}

/** The axis of a person runs from the forehead through the chin as far again. */
const AXIS_END = 2

/** Steps onto colours that are another's cost more; once colours are known, edges within them count for less. */
function costsFor(face: AnalysedFace, terrain: Terrain, appearance: Float32Array | null): Float32Array {
  const { lab, hair, cost } = terrain
  if (appearance) {
    return cost.map((plain, at) => {
      const foreign = Math.max(0, 1 - 2 * (appearance[at] ?? 0.5))
      const familiar = Math.max(0, 2 * (appearance[at] ?? 0.5) - 1)
      return plain * (1 - FAMILIAR * familiar) + FOREIGN * foreign
    })
  }
  const own = hairColour(face, terrain)
  if (!own) return cost
  return cost.map((plain, at) => {
    const foreign = Math.min(1, difference(lab, at, own, 0) / OTHER_HAIR)
    return plain + FOREIGN_HAIR * (hair[at] ?? 0) * foreign * foreign
  })
}

/** Mean colour of the hair right above the forehead; null where there is none to see. */
function hairColour(face: AnalysedFace, terrain: Terrain): Float32Array | null {
  const mean = new Float32Array(3)
  let weight = 0
  const { forehead, chin } = axisOf(face)
  for (let step = 0.05; step <= 0.35; step += 0.02) {
    const at = placeAt(terrain, forehead.x + (forehead.x - chin.x) * step, forehead.y + (forehead.y - chin.y) * step)
    const hair = at === null ? 0 : (terrain.hair[at] ?? 0)
    if (at === null || hair < 0.5) continue
    for (let c = 0; c < 3; c++) mean[c] = (mean[c] ?? 0) + (terrain.lab[3 * at + c] ?? 0)
    weight++
  }
  return weight > 0 ? mean.map((sum) => sum / weight) : null
}

/** Steps below the chin that surely show the person's own throat and chest, in lengths of the face. */
const THROAT = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
/** The throat hangs this far along the head's own axis, the rest straight down. */
const THROAT_LEAN = 0.5

function seedsOf(face: AnalysedFace, terrain: Terrain): Set<number> {
  const { forehead, chin } = axisOf(face)
  const length = Math.hypot(chin.x - forehead.x, chin.y - forehead.y)
  const lean = (chin.x - forehead.x) * THROAT_LEAN
  const throat = THROAT.map((step) => ({ x: chin.x + lean * step, y: chin.y + length * step }))
  const seeds = new Set<number>()
  for (const { x, y } of [...face.mesh.points, ...throat]) {
    const at = placeAt(terrain, x, y)
    if (at !== null) seeds.add(at)
  }
  return seeds
}

function axisOf(face: AnalysedFace) {
  const centre = { x: face.box.x + face.box.width / 2, y: face.box.y + face.box.height / 2 }
  return { forehead: face.mesh.points[FOREHEAD] ?? centre, chin: face.mesh.points[CHIN] ?? centre }
}

function placeAt({ width, height, scale }: Terrain, x: number, y: number): number | null {
  const [column, row] = [Math.floor(x * scale), Math.floor(y * scale)]
  return column >= 0 && row >= 0 && column < width && row < height ? row * width + column : null
}

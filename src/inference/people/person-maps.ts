import type { Box } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import type { Raster } from '../pixels/raster.ts'
import { PARSING_CLASSES, PARSING_SIDE, type ParsingClass, type PersonParsing, parsePerson } from './parsing.ts'

/** What the picture shows, fused from several looks at it, on a grid coarser than the picture. */
export interface PersonMaps {
  readonly width: number
  readonly height: number
  /** Grid pixels per pixel of the picture. */
  readonly scale: number
  /** Largest logit of a part of a person minus the logit of the background; positive on people. */
  readonly margin: Float32Array
  /** Probabilities, 0..1. */
  readonly hair: Float32Array
  readonly bodySkin: Float32Array
  readonly faceSkin: Float32Array
  readonly clothes: Float32Array
  /** What is worn or held and is none of these: hats, glasses, bags. */
  readonly other: Float32Array
}

/** Edge of the closest look in widths of the face: the whole head with its hair, at the finest scale. */
const HEAD_LOOK = 2.6
/** A face is this many grid pixels wide: the closest look at the model's own resolution. */
const FACE_ON_GRID = PARSING_SIDE / HEAD_LOOK
const MAX_GRID = 1024
/** Of a look's edge that is blended into the wider look. */
const FEATHER = 0.15

const MAPS = ['margin', 'hair', 'bodySkin', 'faceSkin', 'clothes', 'other'] as const
type MapName = (typeof MAPS)[number]
type Planes = Record<MapName, Float32Array>

/** Parses the whole picture, then the upper body, then the head, and lets the closer look win where it sees. */
export async function mapPerson(raster: Raster, face: AnalysedFace): Promise<PersonMaps> {
  const scale = Math.min(1, FACE_ON_GRID / faceSize(face), MAX_GRID / Math.max(raster.width, raster.height))
  const width = Math.max(1, Math.round(raster.width * scale))
  const height = Math.max(1, Math.round(raster.height * scale))
  const maps = { width, height, scale, ...emptyPlanes(width * height) }
  for (const { region, liftTo } of looks(face)) blendIn(maps, await parsePerson(raster, region, liftTo), raster)
  return maps
}

export function faceSize(face: AnalysedFace): number {
  return Math.max(face.box.width, face.box.height)
}

/**
 * Mean of display light, 0..1, that a dark look at the head is lifted to. The network learnt from well exposed pictures: in
 * a dark room it takes a dark curtain beside hair for hair. Chosen by eye; wider looks stay, as they tell people apart.
 */
const LIFTED_HEAD = 0.55

/** Widest first. The regions keep the face in view, without which the model loses the person. */
function looks(face: AnalysedFace): { region: Box | undefined; liftTo: number }[] {
  const size = faceSize(face)
  const x = face.box.x + face.box.width / 2
  const y = face.box.y + face.box.height / 2
  const square = (side: number, above: number): Box => ({
    x: x - (side * size) / 2,
    y: y - above * size,
    width: side * size,
    height: side * size
  })
  return [
    { region: undefined, liftTo: 0 },
    { region: square(5.2, 1.6), liftTo: 0 },
    { region: square(HEAD_LOOK, 1.45), liftTo: LIFTED_HEAD }
  ]
}

const emptyPlanes = (length: number): Planes => ({
  margin: new Float32Array(length),
  hair: new Float32Array(length),
  bodySkin: new Float32Array(length),
  faceSkin: new Float32Array(length),
  clothes: new Float32Array(length),
  other: new Float32Array(length)
})

const channel = (name: ParsingClass) => PARSING_CLASSES.indexOf(name)
const HAIR = channel('hair')
const BODY_SKIN = channel('body-skin')
const FACE_SKIN = channel('face-skin')
const CLOTHES = channel('clothes')
const OTHER = channel('other')

function planesOf({ logits }: PersonParsing): Planes {
  const planes = emptyPlanes(PARSING_SIDE * PARSING_SIDE)
  const classes = PARSING_CLASSES.length
  for (let pixel = 0; pixel < PARSING_SIDE * PARSING_SIDE; pixel++) {
    const at = pixel * classes
    const background = logits[at] ?? 0
    let best = Number.NEGATIVE_INFINITY
    for (let c = 1; c < classes; c++) best = Math.max(best, logits[at + c] ?? 0)
    const top = Math.max(best, background)
    let sum = 0
    for (let c = 0; c < classes; c++) sum += Math.exp((logits[at + c] ?? 0) - top)
    planes.margin[pixel] = best - background
    planes.hair[pixel] = Math.exp((logits[at + HAIR] ?? 0) - top) / sum
    planes.bodySkin[pixel] = Math.exp((logits[at + BODY_SKIN] ?? 0) - top) / sum
    planes.faceSkin[pixel] = Math.exp((logits[at + FACE_SKIN] ?? 0) - top) / sum
    planes.clothes[pixel] = Math.exp((logits[at + CLOTHES] ?? 0) - top) / sum
    planes.other[pixel] = Math.exp((logits[at + OTHER] ?? 0) - top) / sum
  }
  return planes
}

function blendIn(maps: PersonMaps, parsing: PersonParsing, raster: Raster): void {
  const { region } = parsing
  const planes = planesOf(parsing)
  const columns = samplesAlong(region.x, region.width, raster.width, maps.scale, maps.width)
  const rows = samplesAlong(region.y, region.height, raster.height, maps.scale, maps.height)
  for (const name of MAPS) blendPlane(maps[name], maps.width, planes[name], columns, rows)
}

function blendPlane(
  map: Float32Array,
  width: number,
  plane: Float32Array,
  columns: AxisSamples,
  rows: AxisSamples
): void {
  for (let i = 0; i < rows.count; i++) {
    const above = (rows.first[i] ?? 0) * PARSING_SIDE
    const below = (rows.second[i] ?? 0) * PARSING_SIDE
    const down = rows.share[i] ?? 0
    const rowWeight = rows.weight[i] ?? 0
    let at = (rows.begin + i) * width + columns.begin
    for (let j = 0; j < columns.count; j++, at++) {
      const first = columns.first[j] ?? 0
      const second = columns.second[j] ?? 0
      const across = columns.share[j] ?? 0
      const upper = mix(plane[above + first] ?? 0, plane[above + second] ?? 0, across)
      const lower = mix(plane[below + first] ?? 0, plane[below + second] ?? 0, across)
      const weight = Math.min(rowWeight, columns.weight[j] ?? 0)
      map[at] = mix(map[at] ?? 0, mix(upper, lower, down), weight)
    }
  }
}

const mix = (from: number, to: number, share: number) => from + (to - from) * share

/** Where along one axis the grid reads from a look, place after place from `begin` on, and how far the look counts there. */
interface AxisSamples {
  readonly begin: number
  readonly count: number
  readonly first: Int32Array
  readonly second: Int32Array
  readonly share: Float32Array
  readonly weight: Float32Array
}

function samplesAlong(start: number, length: number, picture: number, scale: number, grid: number): AxisSamples {
  const begin = Math.max(0, Math.ceil(start * scale - 0.5))
  const count = Math.max(0, Math.min(grid, Math.floor((start + length) * scale - 0.5) + 1) - begin)
  const fade = FEATHER * length
  const first = new Int32Array(count)
  const second = new Int32Array(count)
  const share = new Float32Array(count)
  const weight = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    const inside = (begin + i + 0.5) / scale - start
    const position = Math.min(PARSING_SIDE - 1, Math.max(0, (inside / length) * PARSING_SIDE - 0.5))
    const whole = Math.floor(position)
    const fromStart = start <= 0 ? 1 : inside / fade
    const fromEnd = start + length >= picture ? 1 : (length - inside) / fade
    first[i] = whole
    second[i] = Math.min(PARSING_SIDE - 1, whole + 1)
    share[i] = position - whole
    weight[i] = Math.max(0, Math.min(1, fromStart, fromEnd))
  }
  return { begin, count, first, second, share, weight }
}

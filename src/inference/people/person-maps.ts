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
  for (const region of looks(face)) blendIn(maps, await parsePerson(raster, region), raster)
  return maps
}

export function faceSize(face: AnalysedFace): number {
  return Math.max(face.box.width, face.box.height)
}

/** Widest first. The regions keep the face in view, without which the model loses the person. */
function looks(face: AnalysedFace): (Box | undefined)[] {
  const size = faceSize(face)
  const x = face.box.x + face.box.width / 2
  const y = face.box.y + face.box.height / 2
  const square = (side: number, above: number): Box => ({
    x: x - (side * size) / 2,
    y: y - above * size,
    width: side * size,
    height: side * size
  })
  return [undefined, square(5.2, 1.6), square(HEAD_LOOK, 1.45)]
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
    const probability = (c: number) => Math.exp((logits[at + c] ?? 0) - top) / sum
    planes.margin[pixel] = best - background
    planes.hair[pixel] = probability(HAIR)
    planes.bodySkin[pixel] = probability(BODY_SKIN)
    planes.faceSkin[pixel] = probability(FACE_SKIN)
    planes.clothes[pixel] = probability(CLOTHES)
    planes.other[pixel] = probability(OTHER)
  }
  return planes
}

function blendIn(maps: PersonMaps, parsing: PersonParsing, raster: Raster): void {
  const { region } = parsing
  const planes = planesOf(parsing)
  const columns = samplesAlong(region.x, region.width, raster.width, maps.scale, maps.width)
  const rows = samplesAlong(region.y, region.height, raster.height, maps.scale, maps.height)
  for (const row of rows) {
    const [above, below] = [row.first * PARSING_SIDE, row.second * PARSING_SIDE]
    for (const column of columns) {
      const weight = Math.min(row.weight, column.weight)
      const at = row.at * maps.width + column.at
      for (const name of MAPS) {
        const plane = planes[name]
        const upper = mix(plane[above + column.first] ?? 0, plane[above + column.second] ?? 0, column.share)
        const lower = mix(plane[below + column.first] ?? 0, plane[below + column.second] ?? 0, column.share)
        maps[name][at] = mix(maps[name][at] ?? 0, mix(upper, lower, row.share), weight)
      }
    }
  }
}

const mix = (from: number, to: number, share: number) => from + (to - from) * share

/** Where along one axis a grid pixel reads from a look, and how far the look counts there. */
interface AxisSample {
  readonly at: number
  readonly first: number
  readonly second: number
  readonly share: number
  readonly weight: number
}

function samplesAlong(start: number, length: number, picture: number, scale: number, grid: number): AxisSample[] {
  const samples: AxisSample[] = []
  const fade = FEATHER * length
  for (let at = 0; at < grid; at++) {
    const inside = (at + 0.5) / scale - start
    if (inside < 0 || inside > length) continue
    const position = Math.min(PARSING_SIDE - 1, Math.max(0, (inside / length) * PARSING_SIDE - 0.5))
    const first = Math.floor(position)
    const fromStart = start <= 0 ? 1 : inside / fade
    const fromEnd = start + length >= picture ? 1 : (length - inside) / fade
    samples.push({
      at,
      first,
      second: Math.min(PARSING_SIDE - 1, first + 1),
      share: position - first,
      weight: Math.min(1, fromStart, fromEnd)
    })
  }
  return samples
}

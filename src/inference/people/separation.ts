import type { Point } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { boxBlur } from '../pixels/blur.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { appearanceOf } from './appearance.ts'
import { areasOf } from './connected.ts'
import { geodesicDistance } from './geodesic.ts'
import { axisOf, type Head, headOf, unseenHeads } from './heads.ts'
import { settleLimbs } from './limbs.ts'
import { faceSize, type PersonMaps } from './person-maps.ts'
import { type RootedHead, settleRooted } from './rooted.ts'
import { settleBorder } from './settle-border.ts'
import { type Terrain, terrainOf } from './terrain.ts'

/** A face is this many pixels wide where walks are found; the border is moved to the picture's edges afterwards. */
const FACE_WIDTH = 28
/** What a step costs on top, onto hair unlike the person's own, and the Oklab distance that counts as unlike. */
const FOREIGN_HAIR = 10
const OTHER_HAIR = 0.12
/** Once the colours of everybody are known: a step onto another's, and the share a step onto one's own gets cheaper by. */
const FOREIGN = 20
const FAMILIAR = 0.5
/** What one face's width as the crow flies weighs beside the walk: much while nothing else is known. */
const CROW = { first: 6, informed: 3 }
/**
 * Beside the axis, from the first to the second distance in widths of the face, a place must be this much more the
 * person's than anybody else's: what cannot be told apart is left to the neighbour.
 */
const ASIDE = { begin: 0.6, whole: 1.2, lead: 4 }
/** Leads beyond these, in widths of a face, tell whose the colours of a place are: the second round knows more. */
const SURE_LEADS = [4, 3] as const
/** A lead, in widths of a face, that no colour outweighs: a dyed strand far from everybody else is still one's own. */
const CERTAIN = 5
/** What a lead of one face's width, and likeness, weigh in the odds. */
const LEAD_ODDS = 0.5
const LIKENESS_ODDS = 0.6
/** No colour tells more surely than this. */
const SURE_LIKENESS = 0.02
/** Radius over which likeness is averaged, pixels of the terrain. */
const LIKENESS_BLUR = 1

/**
 * Which of the people in the picture is the one with this face: 1 theirs, 0 somebody else's, on the grid of the maps.
 * Every place goes to the head it is reached from most easily without crossing edges, distances in widths of that face
 * (seeded geodesic segmentation: Bai and Sapiro, "A geodesic framework for fast interactive image and video
 * segmentation and matting", ICCV 2007). Then each learns the colours of what is surely theirs, and all walk again.
 */
export function claimPerson(
  face: AnalysedFace,
  faces: readonly AnalysedFace[],
  maps: PersonMaps,
  raster: Raster
): Raster {
  const known = faces.filter((other) => other.index !== face.index).map(headOf)
  const heads = [...known, ...unseenHeads(maps, face, faces)]
  if (heads.length === 0)
    return { ...createRaster(maps.width, maps.height, 1), data: new Float32Array(maps.width * maps.height).fill(1) }
  const terrain = terrainOf(maps, raster, Math.min(maps.scale, FACE_WIDTH / faceSize(face)))
  const walker = (head: Head): Walker => ({ ...head, flights: crowDistances(head, terrain) })
  const own = walker(headOf(face))
  const others = heads.map(walker)
  let lead = leadOf(own, others, terrain, null)
  for (const sure of SURE_LEADS) lead = leadOf(own, others, terrain, likenessOf(lead, sure, terrain))
  const claim = createRaster(terrain.width, terrain.height, 1)
  const crow = own.flights
  const theirs = placesOf(seedsOf(others), terrain)
  const sure = new Set([...placesOf(own.seeds, terrain), ...theirs])
  const faceWidth = own.size * terrain.scale
  lead = settleLimbs(lead, crow, terrain, sure, faceWidth)
  lead = settleGrown(lead, own, others, terrain)
  const likeness = likenessOf(lead, SURE_LEADS[1], terrain)
  claim.data.set(adoptOrphans(settleBorder(oddsOf(lead, crow, likeness), terrain), terrain, theirs))
  return resize(boxBlur(claim, 1), maps.width, maps.height)
}

/** Gives skin and hair to those they belong to. */
function settleGrown(lead: Float32Array, own: Walker, others: readonly Walker[], terrain: Terrain): Float32Array {
  const { width, height, skin, hair, cost } = terrain
  const everybody = [own, ...others]
  const isNearest = (head: Walker, at: number) =>
    everybody.every(({ flights }) => (flights[at] ?? 0) >= (head.flights[at] ?? 0))
  const rooted = (head: Walker, points: readonly Point[], share: Float32Array) =>
    [...placesOf(points, terrain)].filter((at) => (share[at] ?? 0) > 0.5 && isNearest(head, at))
  const faceOf = (head: Walker): RootedHead => ({ roots: rooted(head, head.seeds, skin), cost })
  const hairOf = (head: Walker): RootedHead => ({
    roots: rooted(head, head.hairline, hair),
    cost: costsByHair(head, terrain)
  })
  const unit = own.size * terrain.scale
  const bare = { width, height, share: skin, isWhole: false }
  const long = { width, height, share: hair, isWhole: true }
  const bySkin = settleRooted(lead, faceOf(own), others.map(faceOf), bare, unit)
  return settleRooted(bySkin, hairOf(own), others.map(hairOf), long, unit)
}

const seedsOf = (heads: readonly Head[]) => heads.flatMap(({ seeds }) => seeds)

/** What is somebody else's hangs together with somebody else's head: a sleeve or a bow that does not is the person's. */
function adoptOrphans(
  share: Float32Array,
  { margin, width, height }: Terrain,
  theirs: ReadonlySet<number>
): Float32Array {
  const adopted = share.slice()
  const isOthers = (at: number) => (share[at] ?? 0) < 0.5 && (margin[at] ?? 0) > 0
  for (const area of areasOf(isOthers, width, height)) {
    if (!area.some((at) => theirs.has(at))) for (const at of area) adopted[at] = 1
  }
  return adopted
}

/** Of every place being the person's, natural logarithm. */
function oddsOf(lead: Float32Array, crow: Float32Array, likeness: Float32Array): Float32Array {
  const odds = new Float32Array(lead.length)
  for (let at = 0; at < odds.length; at++) {
    const aside = Math.min(1, Math.max(0, ((crow[at] ?? 0) - ASIDE.begin) / (ASIDE.whole - ASIDE.begin)))
    const share = Math.min(1 - SURE_LIKENESS, Math.max(SURE_LIKENESS, likeness[at] ?? 0.5))
    odds[at] = LEAD_ODDS * ((lead[at] ?? 0) - ASIDE.lead * aside) + LIKENESS_ODDS * Math.log(share / (1 - share))
  }
  return odds
}

/** How much more each place looks like what is surely the person's than like what is surely somebody else's, 0..1. */
function likenessOf(lead: Float32Array, sure: number, terrain: Terrain): Float32Array {
  const { width, height, margin, kinds } = terrain
  const groups = new Int8Array(lead.length)
  for (let at = 0; at < groups.length; at++) {
    const ahead = lead[at] ?? 0
    groups[at] = Math.abs(ahead) > sure && (margin[at] ?? 0) > 0.5 ? Math.sign(ahead) : 0
  }
  const colours = appearanceOf(terrain.lab, kinds, groups)
  const patterns = appearanceOf(terrain.pattern, kinds, groups)
  const both = new Float32Array(colours.length)
  for (let at = 0; at < both.length; at++) {
    const colour = colours[at] ?? 0.5
    const pattern = patterns[at] ?? 0.5
    const share = (colour * pattern) / (colour * pattern + (1 - colour) * (1 - pattern))
    const ahead = lead[at] ?? 0
    both[at] = Math.max(ahead > CERTAIN ? 0.5 : 0, Math.min(ahead < -CERTAIN ? 0.5 : 1, share))
  }
  return boxBlur({ width, height, channels: 1, data: both }, LIKENESS_BLUR).data
}

/** A head from which walks go out. */
interface Walker extends Head {
  /** Of every place, see `crowDistances`. */
  readonly flights: Float32Array
}

/** How much farther every place is from everybody else than from this head, in widths of a face. */
function leadOf(
  head: Walker,
  others: readonly Walker[],
  terrain: Terrain,
  likeness: Float32Array | null
): Float32Array {
  const own = distancesFrom(head, terrain, likeness && costsByLikeness(terrain, likeness))
  const theirs = likeness && costsByLikeness(terrain, inverse(likeness))
  const lead = new Float32Array(own.length).fill(Number.POSITIVE_INFINITY)
  for (const other of others) {
    const distances = distancesFrom(other, terrain, theirs)
    for (let at = 0; at < lead.length; at++) {
      lead[at] = Math.min(lead[at] ?? 0, (distances[at] ?? 0) - (own[at] ?? 0))
    }
  }
  return lead
}

function inverse(likeness: Float32Array): Float32Array {
  const unlike = new Float32Array(likeness.length)
  for (let at = 0; at < unlike.length; at++) unlike[at] = 1 - (likeness[at] ?? 0)
  return unlike
}

/**
 * How far everything is from a head, by the cheapest walk and as the crow flies, in widths of that face.
 * @param informed what steps cost once the colours of everybody are known
 */
function distancesFrom(head: Walker, terrain: Terrain, informed: Float32Array | null): Float32Array {
  const { width, height, scale } = terrain
  const unit = head.size * scale
  const crow = informed ? CROW.informed : CROW.first
  const walks = geodesicDistance(informed ?? costsByHair(head, terrain), width, height, placesOf(head.seeds, terrain))
  for (let at = 0; at < walks.length; at++) walks[at] = (walks[at] ?? 0) / unit + crow * (head.flights[at] ?? 0)
  return walks
}

/** How far everything is from a person's axis as the crow flies, in widths of that face. */
function crowDistances(head: Head, { width, height, scale }: Terrain): Float32Array {
  const distances = new Float32Array(width * height)
  const unit = head.size * scale
  const squares = new Float64Array(width * height).fill(Number.POSITIVE_INFINITY)
  for (const { from, along } of axisOf(head)) {
    const fromX = from.x * scale
    const fromY = from.y * scale
    const alongX = along.x * scale
    const alongY = along.y * scale
    const length = (along.x * along.x + along.y * along.y) * scale * scale
    for (let row = 0, at = 0; row < height; row++) {
      const y = row - fromY
      for (let column = 0; column < width; column++, at++) {
        const x = column - fromX
        const share = length > 0 ? Math.min(1, Math.max(0, (x * alongX + y * alongY) / length)) : 0
        const dx = x - share * alongX
        const dy = y - share * alongY
        squares[at] = Math.min(squares[at] ?? 0, dx * dx + dy * dy)
      }
    }
  }
  for (let at = 0; at < distances.length; at++) distances[at] = Math.sqrt(squares[at] ?? 0) / unit
  return distances
}

/** Steps onto what is another's cost more; edges within what is one's own count for less. */
function costsByLikeness({ cost }: Terrain, likeness: Float32Array): Float32Array {
  const costs = new Float32Array(cost.length)
  for (let at = 0; at < costs.length; at++) {
    const share = likeness[at] ?? 0.5
    const foreign = Math.max(0, 1 - 2 * share)
    const familiar = Math.max(0, 2 * share - 1)
    costs[at] = (cost[at] ?? 0) * (1 - FAMILIAR * familiar) + FOREIGN * foreign
  }
  return costs
}

/** Steps onto hair of another colour than any around the face cost more. */
function costsByHair(head: Head, terrain: Terrain): Float32Array {
  const { lab, hair, cost } = terrain
  const hairline = [...placesOf(head.hairline, terrain)].filter((at) => (hair[at] ?? 0) > 0.5)
  if (hairline.length === 0) return cost
  const own = Float32Array.from(hairline.flatMap((at) => [...lab.subarray(3 * at, 3 * at + 3)]))
  const costs = cost.slice()
  for (let at = 0; at < costs.length; at++) {
    const share = hair[at] ?? 0
    if (share < 0.02) continue
    const unlike = Math.min(OTHER_HAIR, nearestOf(own, lab, at)) / OTHER_HAIR
    costs[at] = (cost[at] ?? 0) + FOREIGN_HAIR * share * unlike * unlike
  }
  return costs
}

/** Oklab distance of a place from the most alike of some colours, interleaved. */
function nearestOf(colours: Float32Array, lab: Float32Array, place: number): number {
  const lightness = lab[3 * place] ?? 0
  const red = lab[3 * place + 1] ?? 0
  const yellow = lab[3 * place + 2] ?? 0
  let nearest = Number.POSITIVE_INFINITY
  for (let at = 0; at < colours.length; at += 3) {
    const x = lightness - (colours[at] ?? 0)
    const y = red - (colours[at + 1] ?? 0)
    const z = yellow - (colours[at + 2] ?? 0)
    nearest = Math.min(nearest, x * x + y * y + z * z)
  }
  return Math.sqrt(nearest)
}

function placesOf(points: readonly Point[], { width, height, scale }: Terrain): Set<number> {
  const places = new Set<number>()
  for (const { x, y } of points) {
    const [column, row] = [Math.floor(x * scale), Math.floor(y * scale)]
    if (column >= 0 && row >= 0 && column < width && row < height) places.add(row * width + column)
  }
  return places
}

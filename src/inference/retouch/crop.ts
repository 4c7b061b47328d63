import type { Band } from '../../domain/criterion.ts'
import type { DeliveryProfile } from '../../domain/delivery-profile.ts'
import type { Point } from '../../domain/geometry.ts'
import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { headExtent, type IsHead } from '../faces/head.ts'
import type { BodyCut } from './body-cuts.ts'
import type { Frame } from './frame.ts'

export type CropSettings = Pick<
  RetouchSettings,
  'crop.headScale' | 'crop.eyeShift' | 'crop.sideShift' | 'crop.levelling' | 'crop.avoidTouch'
>

/** The person as the crop sees them, in photo pixels. */
export interface CropSubject {
  readonly face: AnalysedFace
  readonly isHead: IsHead
  readonly cuts: readonly BodyCut[]
  /** Where somebody else touches the person. */
  readonly contacts: readonly Point[]
}

export interface CropPlan {
  readonly frame: Frame
  /** What the frame shows: head height and eye line as fractions of its height, the face's distance from the middle as one of its width. */
  readonly headHeight: number
  readonly eyeLine: number
  readonly headCentre: number
  /** The photo's edge runs through the face, or right beside it. */
  readonly cutsFace: boolean
  /** Cuts of the body that no acceptable frame hides: the compositor fades the person out towards them. */
  readonly visibleCuts: readonly BodyCut[]
}

/**
 * Degrees. Beyond the first the lean is the person's pose, and a shoulder line turned as far looks wrong; where all of
 * it is to be turned back, a head that leans is worse.
 */
const MAX_TURN = { pose: 18, all: 30 }
/** Levelling from which on the lean counts as a fault. */
const POSE = 0.8
/** Air above the crown, fraction of the height, where the head is whole. */
const HEADROOM = 0.03

/**
 * The frame for a purpose: the profile's head height and eye line, shifted or tightened as little as needed to keep the
 * edges of the photo, where the body ends in a straight line, out of the picture.
 */
export function planCrop(subject: CropSubject, profile: DeliveryProfile, settings: CropSettings): CropPlan {
  const angle = turnFor(subject.face, settings['crop.levelling'])
  const head = measureUpright(subject, angle)
  const asked = {
    headHeight: Math.min(0.92, profile.headHeight * settings['crop.headScale']),
    eyeLine: profile.eyeLine + settings['crop.eyeShift'],
    centre: 0.5 + settings['crop.sideShift']
  }
  const cuts = subject.cuts.map((cut) => ({ cut, upright: turn(cut, -angle) }))
  const reach = cutsFace(subject) ? FACE_AT_EDGE : (profile.bands.headCentre.max ?? 0) * INSIDE
  const contactCost = CONTACT_COST * settings['crop.avoidTouch']
  const contacts = subject.contacts.map((contact) => turn(contact, -angle))
  const isTouched = touched(contacts, asked, place(asked, head, angle, profile.aspect, cuts), head) > LEAST_TOUCHED
  const closer = isTouched ? 1 + CLOSER * settings['crop.avoidTouch'] : 1
  const aim = {
    ...asked,
    headHeight: Math.min(asked.headHeight * closer, highest(profile.bands.headHeight, asked.headHeight))
  }
  let best: { cost: number; plan: Placed } | undefined
  for (const candidate of candidates(aim, profile, reach)) {
    const plan = place(candidate, head, angle, profile.aspect, cuts)
    const cost = costOf(candidate, plan, aim, profile, head) + contactCost * touched(contacts, candidate, plan, head)
    if (best === undefined || cost < best.cost) best = { cost, plan }
  }
  const plan = best?.plan ?? place(aim, head, angle, profile.aspect, cuts)
  return { ...plan, cutsFace: cutsFace(subject) }
}

type Placed = Omit<CropPlan, 'cutsFace'>

interface Composition {
  readonly headHeight: number
  readonly eyeLine: number
  readonly centre: number
}

/** From what is aimed at outwards: tighter heads, other eye lines, sideways shifts. */
function* candidates(aim: Composition, profile: DeliveryProfile, reach: number): Generator<Composition> {
  const { eyeLine } = profile.bands
  const lines = spread(aim.eyeLine, eyeLine.min ?? aim.eyeLine, eyeLine.max ?? aim.eyeLine, LINE_STEPS)
  const steps = Math.ceil(reach / SIDE_STEP)
  const centres = spread(aim.centre, Math.min(aim.centre, 0.5 - reach), Math.max(aim.centre, 0.5 + reach), steps)
  for (let headHeight = aim.headHeight; headHeight <= MAX_HEAD; headHeight *= TIGHTER) {
    for (const line of lines) for (const centre of centres) yield { headHeight, eyeLine: line, centre }
  }
}

const TIGHTER = 1.02
const MAX_HEAD = 0.95
const LINE_STEPS = 6
const SIDE_STEP = 0.016
/** Shifts stay this far inside a band, so that the measurement of the picture has room. */
const INSIDE = 0.8

/** How far off the middle a face may stand where the photo ends beside it: fading out in mid-face looks worse. */
const FACE_AT_EDGE = 0.6
/** The photo ends this close to a face, in widths of it, where fading the person out would reach the face. */
const BESIDE_FACE = 0.25

/** Whether the photo's left or right edge runs through the face or right beside it. */
function cutsFace({ face: { box }, cuts }: Pick<CropSubject, 'face' | 'cuts'>): boolean {
  const margin = BESIDE_FACE * box.width
  return cuts.some(({ side, x, y }) => {
    const isBeside = y > box.y && y < box.y + box.height && x > box.x - margin && x < box.x + box.width + margin
    return isBeside && (side === 'left' || side === 'right')
  })
}

/** The aim, and steps from it to both ends. */
function spread(aim: number, low: number, high: number, steps: number): number[] {
  const values = [aim]
  for (let step = 1; step <= steps; step++) {
    const share = (step / steps) * INSIDE
    if (high > aim) values.push(aim + (high - aim) * share)
    if (low < aim) values.push(aim + (low - aim) * share)
  }
  return values
}

function turnFor(face: AnalysedFace, levelling: number): number {
  const fault = Math.max(0, (levelling - POSE) / (1 - POSE))
  const most = MAX_TURN.pose + (MAX_TURN.all - MAX_TURN.pose) * fault
  return (Math.min(most, Math.max(-most, face.tilt * levelling)) * Math.PI) / 180
}

/** The head in the axes of the turned frame, photo pixels about the photo's origin. */
interface UprightHead {
  readonly crown: number
  readonly chin: number
  readonly eyes: Point
  readonly isCut: boolean
}

function measureUpright(subject: CropSubject, angle: number): UprightHead {
  const upright = (point: Point) => turn(point, -angle)
  const { face } = subject
  const turned: AnalysedFace = {
    ...face,
    leftEye: upright(face.leftEye),
    rightEye: upright(face.rightEye),
    mesh: { ...face.mesh, points: face.mesh.points.map((point) => ({ ...point, ...upright(point) })) }
  }
  const extent = headExtent(turned, (point) => subject.isHead(turn(point, angle)))
  const crownInPhoto = turn({ x: extent.eyes.x, y: extent.crown }, angle)
  return { crown: extent.crown, chin: extent.chin, eyes: extent.eyes, isCut: crownInPhoto.y <= CUT_CROWN }
}

/** A crown this close to the photo's upper edge, pixels, is cut by it. */
const CUT_CROWN = 2

function turn({ x, y }: Point, angle: number): Point {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return { x: cos * x - sin * y, y: sin * x + cos * y }
}

/** A cut, and where it lies in the axes of the turned frame. */
interface UprightCut {
  readonly cut: BodyCut
  readonly upright: Point
}

function place(
  { headHeight, eyeLine, centre }: Composition,
  head: UprightHead,
  angle: number,
  aspect: number,
  cuts: readonly UprightCut[]
): Placed {
  const height = (head.chin - head.crown) / headHeight
  const width = height * aspect
  const left = head.eyes.x - centre * width
  const top = head.eyes.y - eyeLine * height
  const frame: Frame = { centre: turn({ x: left + width / 2, y: top + height / 2 }, angle), width, height, angle }
  const visibleCuts: BodyCut[] = []
  for (const { cut, upright } of cuts) {
    const u = (upright.x - left) / width
    const v = (upright.y - top) / height
    if (u > EDGE && u < 1 - EDGE && v > EDGE && v < 1 - EDGE) visibleCuts.push(cut)
  }
  return { frame, headHeight, eyeLine, headCentre: Math.abs(centre - 0.5), visibleCuts }
}

/** A cut within this fraction of the frame's edge is hidden by it. */
const EDGE = 0.004

/** What a visible cut costs, by the edge it lies at: a body that ends above the lower edge is never acceptable. */
const CUT_COST: Readonly<Record<BodyCut['side'], number>> = { bottom: 20, top: 8, left: 1.2, right: 1.2 }
/** Leaving a band weighs so many times what moving inside it does. */
const OUT_OF_BAND = 15

function costOf(
  candidate: Composition,
  plan: Placed,
  aim: Composition,
  profile: DeliveryProfile,
  head: UprightHead
): number {
  const { bands } = profile
  const tightening =
    Math.log(candidate.headHeight / aim.headHeight) +
    OUT_OF_BAND * Math.max(0, Math.log(candidate.headHeight / highest(bands.headHeight, aim.headHeight)))
  const eyes = 3 * Math.abs(candidate.eyeLine - aim.eyeLine)
  const side = 2 * Math.abs(candidate.centre - aim.centre)
  const crown = candidate.eyeLine - (head.eyes.y - head.crown) / plan.frame.height
  const air = head.isCut ? 0 : 30 * Math.max(0, HEADROOM - crown)
  const cuts = new Set(plan.visibleCuts.map((cut) => cut.side))
  let shown = 0
  for (const edge of cuts) shown += CUT_COST[edge]
  return tightening + eyes + side + air + shown
}

/** What it costs where somebody touches the person all along one side of the frame. */
const CONTACT_COST = 2
/** Along more of the frame's height than this, arms and hands of others are about. */
const LEAST_TOUCHED = 0.15
/** So much closer, as a share of the head's height, whoever is touched is shown: hands lie on arms and waists. */
const CLOSER = 0.17
/** Heights are counted on so many rows. */
const ROWS = 40

/** Along how much of a frame's height somebody else touches the person, both sides together, 0..2. */
function touched(
  contacts: readonly Point[],
  { eyeLine, centre }: Composition,
  { frame: { width, height } }: Placed,
  { eyes }: UprightHead
): number {
  const rows = new Uint8Array(2 * ROWS)
  const left = eyes.x - centre * width
  const top = eyes.y - eyeLine * height
  for (const { x, y } of contacts) {
    const u = (x - left) / width
    const v = (y - top) / height
    if (u >= 0 && u < 1 && v >= 0 && v < 1) rows[(u < 0.5 ? 0 : ROWS) + Math.floor(v * ROWS)] = 1
  }
  return rows.reduce((sum, row) => sum + row, 0) / ROWS
}

const highest = (band: Band, aim: number) => Math.max(aim, (band.max ?? 1) * (1 - (1 - INSIDE) / 4))

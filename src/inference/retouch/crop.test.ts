import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DELIVERY_PROFILES } from '../../domain/delivery-profile.ts'
import type { Point } from '../../domain/geometry.ts'
import { PURPOSES } from '../../domain/parameters/purpose.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { headExtent } from '../faces/head.ts'
import { FACE_OVAL } from '../faces/mesh-indices.ts'
import { apply, invert } from '../pixels/affine.ts'
import type { BodyCut } from './body-cuts.ts'
import { type CropPlan, type CropSettings, type CropSubject, planCrop } from './crop.ts'
import { frameToPhoto, photoToFrame } from './frame.ts'

const SETTINGS: CropSettings = {
  'crop.headScale': 1,
  'crop.eyeShift': 0,
  'crop.sideShift': 0,
  'crop.levelling': 0.5,
  'crop.avoidTouch': 1
}

interface Sitter {
  readonly centre: Point
  /** Half the width of the face. */
  readonly radius: number
  /** Degrees. */
  readonly tilt: number
}

/** A face whose outline is an ellipse and whose hair is a larger one, leaning with it. */
function sit(
  { centre, radius, tilt }: Sitter,
  cuts: readonly BodyCut[] = [],
  contacts: readonly Point[] = []
): CropSubject {
  const radians = (tilt * Math.PI) / 180
  const lean = ({ x, y }: Point): Point => ({
    x: centre.x + x * Math.cos(radians) - y * Math.sin(radians),
    y: centre.y + x * Math.sin(radians) + y * Math.cos(radians)
  })
  const points = Array.from({ length: 468 }, () => ({ ...lean({ x: 0, y: 0 }), z: 0 }))
  FACE_OVAL.forEach((index, at) => {
    const angle = (2 * Math.PI * at) / FACE_OVAL.length
    points[index] = { ...lean({ x: radius * Math.sin(angle), y: -1.3 * radius * Math.cos(angle) }), z: 0 }
  })
  const face: AnalysedFace = {
    index: 0,
    box: { x: centre.x - radius, y: centre.y - radius, width: 2 * radius, height: 2 * radius },
    keypoints: [],
    confidence: 1,
    mesh: { points, presence: 1 },
    rightEye: lean({ x: -0.4 * radius, y: -0.2 * radius }),
    leftEye: lean({ x: 0.4 * radius, y: -0.2 * radius }),
    tilt
  }
  const isHead = ({ x, y }: Point) => {
    const [u, v] = [x - centre.x, y - centre.y]
    const across = u * Math.cos(radians) + v * Math.sin(radians)
    const down = -u * Math.sin(radians) + v * Math.cos(radians)
    return (across / (1.2 * radius)) ** 2 + (down / (1.7 * radius)) ** 2 < 1 && down < radius
  }
  return { face, isHead, cuts, contacts }
}

/** What somebody who measures the picture made with this plan finds, as fractions. */
function measured(subject: CropSubject, plan: CropPlan) {
  const height = 1000
  const size = { width: Math.round((height * plan.frame.width) / plan.frame.height), height }
  const toPhoto = frameToPhoto(plan.frame, size)
  const toPicture = invert(toPhoto)
  const { face } = subject
  const inPicture: AnalysedFace = {
    ...face,
    leftEye: apply(toPicture, face.leftEye),
    rightEye: apply(toPicture, face.rightEye),
    mesh: { ...face.mesh, points: face.mesh.points.map((point) => ({ ...point, ...apply(toPicture, point) })) }
  }
  const head = headExtent(inPicture, (point) => subject.isHead(apply(toPhoto, point)))
  return { headHeight: head.height / height, eyeLine: head.eyes.y / height, centre: head.eyes.x / size.width }
}

const sitters = fc.record({
  centre: fc.record({ x: fc.integer({ min: 300, max: 3000 }), y: fc.integer({ min: 300, max: 3000 }) }),
  radius: fc.integer({ min: 40, max: 900 }),
  tilt: fc.integer({ min: -40, max: 40 })
})
const purposes = fc.constantFrom(...PURPOSES.map(({ id }) => id))

describe('planCrop', () => {
  it("reaches the profile's head height and eye line for any face with room around it", () => {
    fc.assert(
      fc.property(sitters, purposes, (sitter, purpose) => {
        const profile = DELIVERY_PROFILES[purpose]
        const subject = sit(sitter)
        const plan = planCrop(subject, profile, SETTINGS)
        const found = measured(subject, plan)
        expect(plan.visibleCuts).toEqual([])
        expect(plan.frame.width / plan.frame.height).toBeCloseTo(profile.aspect, 6)
        expect(found.headHeight).toBeCloseTo(profile.headHeight, 2)
        expect(found.eyeLine).toBeCloseTo(profile.eyeLine, 2)
        expect(found.centre).toBeCloseTo(0.5, 2)
      }),
      { numRuns: 60 }
    )
  })

  it('follows the settings', () => {
    const subject = sit({ centre: { x: 1000, y: 1000 }, radius: 200, tilt: 0 })
    const profile = DELIVERY_PROFILES.resume
    const plan = planCrop(subject, profile, {
      'crop.headScale': 1.2,
      'crop.eyeShift': 0.04,
      'crop.sideShift': 0.1,
      'crop.levelling': 0,
      'crop.avoidTouch': 1
    })
    const found = measured(subject, plan)
    expect(found.headHeight).toBeCloseTo(profile.headHeight * 1.2, 2)
    expect(found.eyeLine).toBeCloseTo(profile.eyeLine + 0.04, 2)
    expect(found.centre).toBeCloseTo(0.6, 2)
  })

  it('turns back the part of the lean that is asked for', () => {
    const subject = sit({ centre: { x: 1000, y: 1000 }, radius: 200, tilt: 12 })
    const turn = (levelling: number) =>
      planCrop(subject, DELIVERY_PROFILES.resume, { ...SETTINGS, 'crop.levelling': levelling }).frame.angle
    expect(turn(0)).toBe(0)
    expect((turn(0.5) * 180) / Math.PI).toBeCloseTo(6, 6)
    expect((turn(1) * 180) / Math.PI).toBeCloseTo(12, 6)
  })

  it('never ends the body above the lower edge, wherever the photo cuts it', () => {
    const below = fc.double({ min: 1.6, max: 8, noNaN: true })
    fc.assert(
      fc.property(sitters, below, purposes, (sitter, distance, purpose) => {
        const y = sitter.centre.y + distance * sitter.radius
        const cuts = [-1, -0.5, 0, 0.5, 1].map(
          (share): BodyCut => ({ side: 'bottom', x: sitter.centre.x + share * sitter.radius, y })
        )
        const plan = planCrop(sit({ ...sitter, tilt: 0 }, cuts), DELIVERY_PROFILES[purpose], SETTINGS)
        expect(plan.visibleCuts).toEqual([])
      }),
      { numRuns: 60 }
    )
  })

  it('stays within the bands of the profile where that hides the cut', () => {
    const sitter = { centre: { x: 1000, y: 1000 }, radius: 200, tilt: 0 }
    const profile = DELIVERY_PROFILES.resume
    const free = planCrop(sit(sitter), profile, SETTINGS)
    for (const share of [0.02, 0.06, 0.1, 0.14]) {
      const y = free.frame.centre.y + (0.5 - share) * free.frame.height
      const plan = planCrop(sit(sitter, [{ side: 'bottom', x: 1000, y }]), profile, SETTINGS)
      expect(plan.visibleCuts).toEqual([])
      expect(plan.headHeight).toBeLessThan(profile.bands.headHeight.max ?? 0)
      expect(plan.eyeLine).toBeLessThan(profile.bands.eyeLine.max ?? 0)
    }
  })

  it('names the cuts that no frame of this shape can hide', () => {
    const sitter = { centre: { x: 1000, y: 1000 }, radius: 200, tilt: 0 }
    const sides = (['left', 'right'] as const).map(
      (side): BodyCut => ({ side, x: side === 'left' ? 780 : 1220, y: 1300 })
    )
    const plan = planCrop(sit(sitter, sides), DELIVERY_PROFILES.corporate_website, SETTINGS)
    expect(new Set(plan.visibleCuts.map((cut) => cut.side))).toEqual(new Set(['left', 'right']))
    expect(plan.headHeight).toBeLessThan(0.66)
  })

  it.each([
    ['left', 820],
    ['right', 1180]
  ] as const)(
    'moves a face that the %s edge of the photo cuts off the middle, rather than to fade it out',
    (side, x) => {
      const sitter = { centre: { x: 1000, y: 1000 }, radius: 200, tilt: 0 }
      const plan = planCrop(sit(sitter, [{ side, x, y: 1000 }]), DELIVERY_PROFILES.resume, SETTINGS)
      expect(plan.cutsFace).toBe(true)
      expect(plan.visibleCuts).toEqual([])
      const edge = Math.abs(plan.frame.centre.x - x) - plan.frame.width / 2
      expect(edge).toBeLessThan(0.02 * plan.frame.width)
    }
  )

  it('does not call a cut below the face one of the face', () => {
    const sitter = { centre: { x: 1000, y: 1000 }, radius: 200, tilt: 0 }
    const plan = planCrop(sit(sitter, [{ side: 'left', x: 820, y: 1500 }]), DELIVERY_PROFILES.resume, SETTINGS)
    expect(plan.cutsFace).toBe(false)
  })

  it('leaves out where somebody touches the person, if that takes no more than the purpose allows', () => {
    const sitter = { centre: { x: 1000, y: 1000 }, radius: 200, tilt: 0 }
    const profile = DELIVERY_PROFILES.professional_linkedin
    const line = (from: number, to: number) =>
      Array.from({ length: 60 }, (_, step) => ({ x: 760, y: from + ((to - from) * step) / 59 }))
    const seen = (contacts: readonly Point[], { frame }: CropPlan) =>
      contacts.filter((point) => {
        const { x, y } = photoToFrame(frame, point)
        return x > 0 && x < 1 && y > 0 && y < 1
      }).length
    const free = planCrop(sit(sitter), profile, SETTINGS)
    const low = line(1560, 1900)
    expect(seen(low, free)).toBeGreaterThan(0)
    const tight = planCrop(sit(sitter, [], low), profile, SETTINGS)
    expect(seen(low, tight)).toBe(0)
    expect(tight.headHeight).toBeLessThanOrEqual(profile.bands.headHeight.max ?? 0)
    // Along the cheek no crop helps, and none is tried at the price of a face that fills the frame.
    const along = planCrop(sit(sitter, [], line(900, 1900)), profile, SETTINGS)
    expect(along.headHeight).toBeLessThanOrEqual(profile.bands.headHeight.max ?? 0)
    expect(along.headCentre).toBeLessThanOrEqual(profile.bands.headCentre.max ?? 0)
    expect(along.headHeight).toBeGreaterThan(1.1 * free.headHeight)
    const passport = planCrop(sit(sitter, [], line(900, 1900)), DELIVERY_PROFILES.passport_like, SETTINGS)
    expect(passport.headHeight).toBeLessThanOrEqual(DELIVERY_PROFILES.passport_like.bands.headHeight.max ?? 0)
    const off = { ...SETTINGS, 'crop.avoidTouch': 0 }
    expect(planCrop(sit(sitter, [], low), profile, off)).toEqual(free)
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import type { Brief } from '../../domain/brief.ts'
import type { MeasuredCriterionId } from '../../domain/criterion.ts'
import type { LocalReference } from '../../domain/engine.ts'
import { failedCriteria } from '../../domain/judgement.ts'
import { samplePath, sampleRaster } from '../faces/sample-photos.fixture.ts'
import { blurred, crushed, exposed, noisy } from '../measure/flaws.fixture.ts'
import { composed, cutOut, rowOf, written } from '../measure/sample-portraits.fixture.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { type AttemptsRequest, attempt } from './attempts.fixture.ts'

const WOMAN = { path: samplePath(6), face: 1 }

const isOneOf = (criteria: readonly string[], id: string) => criteria.includes(id)

/** Stones of 130 × 70 px: hardly anything is left of them far out of focus. */
function stoneWall(width: number, height: number): Raster {
  const wall = createRaster(width, height, 3)
  for (let y = 0, at = 0; y < height; y++) {
    const course = Math.floor(y / 70)
    for (let x = 0; x < width; x++, at += 3) {
      const isMortar = y % 70 < 17 || (x + (course % 2) * 65) % 130 < 17
      wall.data.set(isMortar ? [0.6, 0.58, 0.55] : [0.25, 0.1, 0.07], at)
    }
  }
  return wall
}

describe('a repair mends what failed', () => {
  let photo: Raster
  beforeAll(async () => {
    photo = await sampleRaster(6, 1000)
  })

  const flawed = async (change: (raster: Raster) => Raster): Promise<LocalReference> => ({
    path: await written(change(photo)),
    face: WOMAN.face
  })

  interface Case {
    readonly criteria: readonly MeasuredCriterionId[]
    readonly of: string
    readonly by: readonly string[]
    readonly order: () => Promise<Omit<AttemptsRequest, 'longEdge'>>
  }

  const set = (settings: Brief['settings'], parameters: Record<string, string> = {}) => ({
    order: async () => ({ references: [WOMAN], settings, parameters })
  })
  const taken = (change: (raster: Raster) => Raster) => ({
    order: async () => ({ references: [await flawed(change)] })
  })

  const CASES: readonly Case[] = [
    {
      criteria: ['head-height', 'eye-line', 'head-centre'],
      of: 'a crop too wide, too low and off centre',
      by: ['crop.headScale', 'crop.eyeShift', 'crop.sideShift'],
      ...set({ 'crop.headScale': 0.7, 'crop.eyeShift': 0.14, 'crop.sideShift': 0.14 })
    },
    {
      criteria: ['head-tilt'],
      of: 'a head that leans by 29°',
      by: ['crop.levelling'],
      order: async () => ({ references: [{ path: samplePath(4), face: 1 }] })
    },
    {
      criteria: ['exposure', 'highlight-clipping'],
      of: 'a person lit too brightly',
      by: ['exposure.subject', 'exposure.highlightRecovery'],
      ...set({ 'exposure.subject': 1.2, 'exposure.highlightRecovery': 0 })
    },
    {
      criteria: ['exposure', 'shadow-clipping'],
      of: 'a dark photo of hard contrast',
      by: ['exposure.subject', 'exposure.shadowLift'],
      ...taken((raster) => crushed(exposed(raster, -2), 0.035))
    },
    {
      criteria: ['sharpness'],
      of: 'a photo slightly out of focus',
      by: ['detail.sharpen', 'detail.denoise'],
      ...taken((raster) => blurred(raster, 1.98))
    },
    {
      criteria: ['noise'],
      of: 'a photo of high ISO',
      by: ['detail.denoise'],
      ...taken((raster) => noisy(raster, 0.1))
    },
    {
      criteria: ['matte-halo'],
      of: 'an outline cut too far out',
      by: ['matte.choke', 'matte.decontamination'],
      ...set({ 'matte.choke': -3, 'matte.decontamination': 0 }, { background: '#3b3b3b' })
    },
    {
      criteria: ['face-count'],
      of: 'neighbours in focus',
      by: ['background.defocus'],
      ...set({ 'background.defocus': 0.005, 'crop.avoidTouch': 0 }, { background: 'original_blurred' })
    },
    {
      criteria: ['background-match'],
      of: 'an own background blurred beyond recognition',
      by: ['background.defocus'],
      order: async () => {
        const person = await cutOut(WOMAN.path, WOMAN.face)
        const path = await written(composed(person, stoneWall, { headScale: 0.7 }))
        return {
          references: [{ path, face: 0 }],
          settings: { 'background.defocus': 0.06 },
          parameters: { background: 'original_blurred' }
        }
      }
    },
    {
      criteria: ['background-match'],
      of: 'a photo taken in the very place that is asked for',
      by: ['background.yaw'],
      order: async () => {
        const parameters = { background: 'modern_office' }
        const { made } = await attempt({ references: [WOMAN], parameters })
        return { references: [{ path: made[0]?.picture.path ?? '', face: 0 }], parameters }
      }
    }
  ]

  it.each(CASES)('$criteria, of $of', async ({ criteria, by, order }) => {
    const { made } = await attempt(await order())
    const [first, last] = [made[0], made.at(-1)]
    if (!first || !last) throw new Error('nothing was made')
    for (const criterion of criteria) {
      const [before, after] = [first, last].map(({ judgement }) => rowOf(judgement.ledger, criterion))
      expect([before?.outcome, after?.outcome]).toEqual(['failed', 'passed'])
      expect(after?.score).toBeGreaterThan(before?.score ?? 1)
    }
    expect(last.judgement.passed).toBe(true)
    const repairs = made.flatMap(({ brief }) => brief.repairs).filter(({ criterion }) => isOneOf(criteria, criterion))
    expect(repairs.map(({ setting }) => setting)).toEqual(expect.arrayContaining([...by]))
  })

  it('needs no repair of its own light, colours and retouch at their strongest: they keep within what passes', async () => {
    const strongest = {
      'light.strength': 1,
      'light.tint': 1,
      'light.wrap': 1,
      'retouch.strength': 1,
      'grade.strength': 1
    }
    const look = { lighting: 'dramatic', vibe: 'creative', mood: 'warm' }
    for (const background of ['white', 'studio_grey']) {
      const { made } = await attempt({
        references: [WOMAN],
        settings: strongest,
        parameters: { background, ...look },
        most: 1
      })
      const ledger = made[0]?.judgement.ledger ?? []
      expect([rowOf(ledger, 'identity').outcome, rowOf(ledger, 'background-match').outcome]).toEqual([
        'passed',
        'passed'
      ])
    }
  })
})

describe('a failure that no setting mends', () => {
  const CASES: readonly [string, MeasuredCriterionId, () => Promise<Omit<AttemptsRequest, 'longEdge'>>][] = [
    ['closed eyes', 'eyes-open', async () => ({ references: [{ path: samplePath(2), face: 1 }] })],
    [
      'a blurred photo',
      'sharpness',
      async () => ({ references: [{ path: await written(blurred(await sampleRaster(6, 1000), 4)), face: 1 }] })
    ],
    [
      'a photo two stops over',
      'highlight-clipping',
      async () => ({ references: [{ path: await written(exposed(await sampleRaster(6, 1000), 2)), face: 1 }] })
    ],
    [
      'somebody else in the second photo',
      'identity',
      async () => ({ references: [WOMAN, { path: samplePath(6), face: 2 }] })
    ],
    [
      'an order that its purpose forbids',
      'background-match',
      async () => ({ references: [WOMAN], parameters: { background: 'modern_office', purpose: 'passport_like' } })
    ]
  ]

  it.each(CASES)('stops the loop at once: %s', async (_, criterion, order) => {
    const { made, gaveUp } = await attempt(await order())
    expect(made).toHaveLength(1)
    expect(gaveUp).toBe(true)
    const failed = failedCriteria(made[0]?.judgement ?? { passed: false, score: 0, ledger: [] })
    expect(failed.map(({ id }) => id)).toContain(criterion)
  })
})

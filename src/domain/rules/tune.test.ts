import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Brief } from '../brief.ts'
import type { Criterion, CriterionId } from '../criterion.ts'
import { DELIVERY_PROFILES } from '../delivery-profile.ts'
import type { EngineDescription, TuneRequest } from '../engine.ts'
import { judgementOf } from '../judgement.ts'
import { parseParameters } from '../parameters/parameters.ts'
import { type RetouchSettings, retouchSettingsSchema } from '../retouch-settings.ts'
import { anyLedger, EMPTY_BRIEF, engine, row } from './sample-job.fixture.ts'
import { rangeOf } from './setting-range.ts'
import { tuneBrief } from './tune.ts'

const PROFILE = DELIVERY_PROFILES.professional_linkedin

function request(
  briefs: readonly Brief[],
  ledgers: readonly Criterion[][],
  kind: EngineDescription['kind']
): TuneRequest {
  const judgements = ledgers.map(judgementOf)
  return {
    references: [{ path: 'photo.jpg', face: null }],
    inspections: [],
    parameters: parseParameters({ attire: 'academic' }),
    profile: PROFILE,
    generator: engine(kind),
    brief: briefs.at(-1) ?? EMPTY_BRIEF,
    judgement: judgements.at(-1) ?? judgementOf([]),
    history: briefs,
    judgements
  }
}

/** Runs attempt after attempt: `look` is what the picture of a brief measures. */
function attempts(look: (settings: RetouchSettings, round: number) => Criterion[], max: number): Brief[] {
  const briefs: Brief[] = [EMPTY_BRIEF]
  const ledgers: Criterion[][] = []
  while (briefs.length <= max) {
    const settings = retouchSettingsSchema.parse(briefs.at(-1)?.settings)
    ledgers.push(look(settings, ledgers.length))
    const next = tuneBrief(request(briefs, ledgers, 'photographic'))
    if (!next) break
    briefs.push(next)
  }
  return briefs
}

/** Ledgers of which the rules know a repair for each row that failed. */
const mendableLedger = anyLedger.map((ledger) => ledger.filter((criterion) => once([criterion]) !== null))

const once = (ledger: Criterion[]) => tuneBrief(request([EMPTY_BRIEF], [ledger], 'photographic'))
const failing = (id: CriterionId, value: number, band = { max: 1 }) => row(id, value, band)

describe('the built-in engine', () => {
  it('mends the framing of a simulated crop in one go', () => {
    const look = (settings: RetouchSettings) => [
      row('head-height', 36 * settings['crop.headScale'], { min: 42, max: 66 }),
      row('eye-line', 55 + 100 * settings['crop.eyeShift'], { min: 33, max: 50 }),
      row('head-centre', -12 + 100 * settings['crop.sideShift'], { min: -8, max: 8 }),
      row('head-tilt', -21 * (1 - settings['crop.levelling']), { min: -10, max: 10 }, { unit: '°' })
    ]
    const [, second] = attempts(look, 1)
    const settings = retouchSettingsSchema.parse(second?.settings)
    expect(judgementOf(look(settings)).passed).toBe(true)
    expect(second?.repairs.map((repair) => repair.setting).sort()).toEqual([
      'crop.eyeShift',
      'crop.headScale',
      'crop.levelling',
      'crop.sideShift'
    ])
  })

  it('says what is changed, from what to what, and why', () => {
    expect(once([failing('head-height', 36, { max: 30 })])?.repairs).toEqual([
      {
        criterion: 'head-height',
        setting: 'crop.headScale',
        from: 1,
        to: 0.667,
        reason: 'Head height is 36% and should be at most 30%, so the crop is wider.'
      }
    ])
  })

  it('exposes by the stops that are missing, in steps, and no lighter than the limits ask', () => {
    const at = (value: number) =>
      Number(once([row('exposure', value, { min: 45, max: 95 }, { unit: 'L*' })])?.settings['exposure.subject'])
    // L* 44 to 52.5 is ((52.5 + 16) / (44 + 16))³ in luminance: 0.573 stops.
    expect(at(44)).toBeCloseTo(0.573, 3)
    expect(at(10)).toBe(0.7)
    // L* 99 to 87.5: ((87.5 + 16) / (99 + 16))³, -0.456 stops.
    expect(at(99)).toBeCloseTo(-0.456, 3)
  })

  it('changes more the farther the value is off', () => {
    const recovery = (value: number) =>
      Number(once([failing('highlight-clipping', value)])?.settings['exposure.highlightRecovery'])
    expect(recovery(1.1)).toBeGreaterThan(0.2)
    expect(recovery(1.6)).toBeGreaterThan(recovery(1.1))
    expect(recovery(9)).toBeCloseTo(0.9)
  })

  it('keeps more of the photo when the face drifted', () => {
    const settings = retouchSettingsSchema.parse(once([failing('identity', 1.4)])?.settings)
    const defaults = retouchSettingsSchema.parse({})
    for (const name of ['light.strength', 'retouch.strength', 'grade.strength'] as const) {
      expect(settings[name]).toBeLessThan(defaults[name])
    }
  })

  it.each(['eyes-open', 'source-detail', 'size', 'picture-valid', 'expression', 'vlm:attire'] as const)(
    'stops where only %s failed: no setting mends it',
    (id) => {
      expect(once([failing(id, 5)])).toBeNull()
    }
  )

  it('stops as well where something else could be mended: no attempt would pass', () => {
    expect(once([failing('eyes-open', 5), failing('matte-halo', 5)])).toBeNull()
    expect(once([failing('matte-halo', 5)])).not.toBeNull()
    const inPhoto = row('sharpness', 0.1, { min: 0.27 }, { inPhoto: true })
    expect(once([inPhoto, failing('matte-halo', 5)])).toBeNull()
  })

  it('goes on to the next remedy when one had no effect', () => {
    const briefs = attempts(() => [failing('highlight-clipping', 3)], 5)
    expect(briefs.map((brief) => brief.repairs.map((repair) => repair.setting))).toEqual([
      [],
      ['exposure.highlightRecovery'],
      ['exposure.subject', 'light.strength'],
      ['grade.strength']
    ])
  })

  it('pushes on with what helped', () => {
    const look = (settings: RetouchSettings) => [
      failing('highlight-clipping', 1.4 - 0.5 * settings['exposure.highlightRecovery'])
    ]
    const used = attempts(look, 2).flatMap((brief) => brief.repairs.map((repair) => repair.setting))
    expect(used).toEqual(['exposure.highlightRecovery', 'exposure.highlightRecovery'])
  })

  it('takes back what made it worse, and tries the other way', () => {
    const look = (settings: RetouchSettings) => [
      row('background-match', 1 - settings['background.yaw'] / 100, { min: 3 }, { unit: 'ΔE00' })
    ]
    const moves = attempts(look, 2).map((brief) => brief.settings['background.yaw'])
    expect(moves).toEqual([undefined, 60, -120])
  })

  it('stops at once where the order forbids what its purpose asks', () => {
    const office = row('background-match', 30, { max: 8 }, { unit: 'ΔE00' })
    const asked = request([EMPTY_BRIEF], [[office]], 'photographic')
    expect(tuneBrief(asked)).not.toBeNull()
    expect(tuneBrief({ ...asked, profile: DELIVERY_PROFILES.passport_like })).toBeNull()
  })

  it.each([
    ['correlation', 0.3, { min: 0.6 }, ['background.defocus']],
    ['correlation', 0.9, { max: 0.6 }, ['background.yaw', 'background.defocus']],
    ['%', 60, { max: 50 }, ['crop.headScale']],
    ['%', 70, { max: 50 }, []],
    ['ΔE00', 1, { min: 3 }, ['background.yaw', 'background.defocus']],
    ['Δab', 30, { max: 14 }, ['grade.strength', 'light.tint']],
    ['L*', 60, { min: 75 }, []]
  ])('reads what a background of %s %d misses', (unit, value, band, settings) => {
    const next = once([row('background-match', value, band, { unit })])
    expect(next?.repairs.map((repair) => repair.setting) ?? []).toEqual(settings)
  })

  it('gives a setting to the criterion that is farther off', () => {
    const next = once([
      row('highlight-clipping', 1.1, { max: 1 }),
      row('identity', 2, { max: 1 }),
      row('exposure', 40, { min: 45, max: 95 }, { unit: 'L*' })
    ])
    const owners = new Map(next?.repairs.map((repair) => [repair.setting, repair.criterion]))
    expect(owners.get('light.strength')).toBe('identity')
    expect(owners.size).toBe(next?.repairs.length)
  })

  it('stays within every range, says truly where it came from, and never repeats itself in vain', () => {
    fc.assert(
      fc.property(mendableLedger, (ledger) => {
        const briefs = attempts(() => ledger, 12)
        expect(briefs.length).toBeLessThanOrEqual(12)
        const moves = new Set<string>()
        briefs.forEach((brief, number) => {
          const before = retouchSettingsSchema.parse(briefs[number - 1]?.settings ?? {})
          const after = retouchSettingsSchema.parse(brief.settings)
          for (const { criterion, setting, from, to, reason } of brief.repairs) {
            const name = retouchSettingsSchema.keyof().parse(setting)
            const { min, max } = rangeOf(name)
            expect(from).toBe(before[name])
            expect(to).toBe(after[name])
            expect(Number(to)).toBeGreaterThanOrEqual(min)
            expect(Number(to)).toBeLessThanOrEqual(max)
            expect(reason).toMatch(/^[A-Z].*\.$/)
            const move = `${criterion} ${setting} ${Math.sign(Number(to) - Number(from))}`
            expect(moves).not.toContain(move)
            moves.add(move)
          }
        })
      })
    )
  })
})

describe('an engine that paints', () => {
  const painted = (briefs: Brief[], ledgers: Criterion[][]) => tuneBrief(request(briefs, ledgers, 'generative'))

  it('is told what was wrong, after all it was told before', () => {
    const ledger = [failing('eyes-open', 5), failing('vlm:attire', 5)]
    const next = painted([EMPTY_BRIEF], [ledger])
    expect(next?.prompt).toBe(
      'A portrait. Both eyes are open and look into the lens. It must show academic attire, a tweed jacket or a cardigan.'
    )
    expect(next?.repairs).toMatchObject([
      { criterion: 'eyes-open', setting: 'prompt', from: null, to: 'Both eyes are open and look into the lens.' },
      { criterion: 'vlm:attire', setting: 'prompt' }
    ])
  })

  it('is told the right direction', () => {
    const prompt = (value: number) =>
      painted([EMPTY_BRIEF], [[row('head-height', value, { min: 42, max: 66 })]])?.prompt
    expect(prompt(30)).toContain('closer')
    expect(prompt(80)).toContain('farther away')
    expect(prompt(30)).toContain('52% of the height')
  })

  it('never hears the same phrase twice, and stops when there is no other', () => {
    fc.assert(
      fc.property(anyLedger, (ledger) => {
        const briefs = [EMPTY_BRIEF]
        const ledgers: Criterion[][] = []
        for (let round = 0; round < 5; round++) {
          ledgers.push(ledger)
          const next = painted(briefs, ledgers)
          if (!next) break
          briefs.push(next)
        }
        expect(briefs.length).toBeLessThan(5)
        const phrases = briefs.flatMap((brief) => brief.repairs.map((repair) => repair.to))
        expect(new Set(phrases).size).toBe(phrases.length)
      })
    )
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Criterion } from '../criterion.ts'
import { ALWAYS_NORMAL } from '../strictness.ts'
import { applyStrictness } from './apply-strictness.ts'
import { anyLedger } from './sample-job.fixture.ts'

const row = (change: Partial<Criterion>): Criterion => ({
  id: 'eye-line',
  question: 'Are the eyes where they belong?',
  source: 'measured',
  outcome: 'failed',
  value: 52,
  unit: '%',
  band: { min: 40, max: 50 },
  score: 0.4,
  regions: [],
  measuredBy: { engine: 'measure', version: '1' },
  ...change
})
const outcome = (change: Partial<Criterion>, level: 'off' | 'lenient' | 'normal' | 'strict') =>
  applyStrictness([row(change)], { [change.id ?? 'eye-line']: level })[0]

describe('strictness', () => {
  it('widens and narrows a band around its middle', () => {
    expect(outcome({}, 'lenient')).toMatchObject({ outcome: 'passed', band: { min: 37.5, max: 52.5 } })
    expect(outcome({ value: 49, outcome: 'passed' }, 'strict')).toMatchObject({ outcome: 'failed' })
    expect(outcome({ band: { min: 60 }, value: 45 }, 'lenient')).toMatchObject({ outcome: 'passed', band: { min: 40 } })
    expect(outcome({ band: { max: 60 }, value: 85 }, 'lenient')).toMatchObject({ outcome: 'passed', band: { max: 90 } })
    expect(outcome({ band: { max: -2 }, value: -1.5 }, 'lenient')).toMatchObject({ outcome: 'passed' })
  })

  it('off still tells and no longer decides', () => {
    expect(outcome({}, 'off')).toMatchObject({ outcome: 'advisory', value: 52 })
  })

  it('never touches what a portrait cannot do without, or what was not measured', () => {
    for (const id of ALWAYS_NORMAL) {
      expect(applyStrictness([row({ id })], { [id]: 'off' })).toEqual([row({ id })])
    }
    expect(outcome({ source: 'vlm' }, 'off')).toEqual(row({ source: 'vlm' }))
    expect(outcome({ outcome: 'not-attempted' }, 'off')).toEqual(row({ outcome: 'not-attempted' }))
  })

  it('lenient never fails what passes, strict never passes what fails, normal changes nothing', () => {
    void fc.assert(
      fc.property(anyLedger, (ledger) => {
        const all = (level: 'lenient' | 'strict') =>
          applyStrictness(ledger, Object.fromEntries(ledger.map(({ id }) => [id, level])))
        for (const [index, before] of ledger.entries()) {
          if (before.outcome === 'passed') expect(all('lenient')[index]?.outcome).toBe('passed')
          if (before.outcome === 'failed') expect(all('strict')[index]?.outcome).toBe('failed')
        }
        expect(applyStrictness(ledger, {})).toEqual(ledger)
      })
    )
  })
})

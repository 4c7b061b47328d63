import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planMemory } from './memory-plan.ts'

const GB = 1024 ** 3
/** FLUX.2 klein in 8 bits, as the catalogue has it. */
const KLEIN = { text: 4.5 * GB, transformer: 3 * GB, vae: 0.34 * GB }
const MEGAPIXEL = 1024 * 1024

describe('planMemory', () => {
  it.each([
    [64, { keepsAll: true, decodesInTiles: false }],
    [8, { keepsAll: false, decodesInTiles: false }],
    [6, { keepsAll: false, decodesInTiles: false }]
  ])('with %d GB', (gigabytes, plan) => {
    expect(planMemory(KLEIN, MEGAPIXEL, gigabytes * GB)).toEqual(plan)
  })

  it('decodes in tiles where only the decoder of a large picture would not fit', () => {
    const small = { text: 0.1 * GB, transformer: 0.1 * GB, vae: 0.1 * GB }
    expect(planMemory(small, MEGAPIXEL, 1.5 * GB)).toEqual({ keepsAll: false, decodesInTiles: true })
  })

  it('says what it takes where nothing helps', () => {
    expect(() => planMemory(KLEIN, MEGAPIXEL, 2 * GB)).toThrowError(
      /takes about \d\.\d GB of memory, and 2\.0 GB can be had/
    )
  })

  it('never asks for less with more memory, nor for a plan that does not fit', () => {
    const bytes = fc.integer({ min: 0, max: 40 }).map((tenths) => (tenths / 10) * GB)
    const planned = (...of: Parameters<typeof planMemory>) => {
      try {
        const { keepsAll, decodesInTiles } = planMemory(...of)
        return keepsAll ? 3 : decodesInTiles ? 1 : 2
      } catch {
        return 0
      }
    }
    void fc.assert(
      fc.property(bytes, bytes, bytes, bytes, bytes, (text, transformer, vae, budget, more) => {
        const parts = { text, transformer, vae }
        expect(planned(parts, MEGAPIXEL, budget + more)).toBeGreaterThanOrEqual(planned(parts, MEGAPIXEL, budget))
      })
    )
  })
})

import { describe, expect, it } from 'vitest'
import { sourceDetail } from './source-detail.ts'

describe('the real detail behind a picture', () => {
  it('of a photo of 420 pixels asked for at 4k fails, and says how little there is', () => {
    expect(sourceDetail(420 / 4096, 4096)).toMatchObject({
      outcome: 'failed',
      note: 'The photo gives 420 of 4096 pixels (10 %): it is too small for this size. Use a larger photo or a smaller resolution.'
    })
  })

  it('of the same photo at 1k is told, and decides nothing', () => {
    const row = sourceDetail(420 / 1024, 1024)
    expect(row.outcome).toBe('advisory')
    expect(row.note).toMatch(/^The photo gives 420 of 1024 pixels \(41 %\): the rest is interpolated/)
  })

  it('passes where every pixel is real', () => {
    expect(sourceDetail(1.3, 1024)).toMatchObject({
      outcome: 'passed',
      score: 1,
      note: 'All 1024 pixels are real: every pixel comes from the photo.'
    })
  })
})

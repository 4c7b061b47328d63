import { describe, expect, it } from 'vitest'
import { FAULT_POINTS, faultPoint, parseFaultPoint } from './fault-points.ts'

describe('fault points', () => {
  it('does nothing when no fault is armed', async () => {
    for (const point of FAULT_POINTS) await expect(faultPoint(point)).resolves.toBeUndefined()
  })

  it('takes a name, and a count of passes', () => {
    expect(parseFaultPoint('after-claim')).toEqual({ point: 'after-claim', passes: 1 })
    expect(parseFaultPoint('after-commit:3')).toEqual({ point: 'after-commit', passes: 3 })
  })

  it.each(['', 'nowhere', 'after-claim:0', 'after-claim:x', 'after-claim:1:2', ' after-claim', 'after-claim:'])(
    'refuses %j',
    (text) => {
      expect(() => parseFaultPoint(text)).toThrow(/names no fault point/)
    }
  )
})

import { describe, expect, it } from 'vitest'
import { combineExitCodes, EXIT, exitCodeOf } from './exit-code.ts'

describe('exit codes', () => {
  it('tells bad input from a portrait that was not delivered', () => {
    expect(exitCodeOf('file-empty')).toBe(EXIT.badInput)
    expect(exitCodeOf('face-several')).toBe(EXIT.badInput)
    expect(exitCodeOf('engine-crashed')).toBe(EXIT.notDelivered)
    expect(exitCodeOf('disk-full')).toBe(EXIT.notDelivered)
  })

  it.each([
    [[0, 0], 0],
    [[2, 2], 2],
    [[0, 2], 1],
    [[1, 0], 1],
    [[2, 1], 1]
  ] as const)('of photos %j is %i', (codes, expected) => {
    expect(combineExitCodes(codes)).toBe(expected)
  })
})

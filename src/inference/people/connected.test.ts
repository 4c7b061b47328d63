import { describe, expect, it } from 'vitest'
import { areasOf, connectedTo } from './connected.ts'

const drawing = ['##..#', '#...#', '..#..', '###..']
const width = 5
const height = drawing.length
const inside = (at: number) => drawing[Math.floor(at / width)]?.[at % width] === '#'

describe('connectedTo', () => {
  it('reaches what touches a seed along an edge, not across a corner', () => {
    const reached = connectedTo([0], inside, width, height)
    expect([...reached.keys()].filter((at) => reached[at] === 1)).toEqual([0, 1, 5])
  })

  it('does not run round the end of a row', () => {
    const reached = connectedTo([4], inside, width, height)
    expect([...reached.keys()].filter((at) => reached[at] === 1)).toEqual([4, 9])
  })

  it('starts nowhere from a seed outside', () => {
    expect(connectedTo([2], inside, width, height)).not.toContain(1)
  })
})

describe('areasOf', () => {
  it('lists every area once with all its places', () => {
    const areas = areasOf(inside, width, height).map((area) => [...area].sort((a, b) => a - b))
    expect(areas).toEqual([
      [0, 1, 5],
      [4, 9],
      [12, 15, 16, 17]
    ])
  })
})

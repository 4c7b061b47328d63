import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GAP, gridGeometry, nextCell } from './grid-geometry.ts'
import { select } from './selection.ts'

describe('the grid', () => {
  it('fits its width and wastes less than a column', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 6000 }), (width) => {
        const { columns, cell } = gridGeometry(width)
        expect(columns * (cell + GAP) + GAP).toBeLessThanOrEqual(width)
        expect(width - columns * (cell + GAP)).toBeLessThan(columns + 2 * GAP + 1)
      })
    )
  })

  it('keeps the cursor inside, whatever is pressed', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.constantFrom(...keys)),
        (count, columns, pressed) => {
          let at = 0
          for (const key of pressed) at = nextCell(key, at, count, columns, 3) ?? at
          expect(at).toBeGreaterThanOrEqual(0)
          expect(at).toBeLessThan(count)
        }
      )
    )
    expect(nextCell('x', 3, 10, 4, 2)).toBeNull()
  })
})

describe('selecting', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const at = (index: number, more = {}) => ({ ids, at: index, extend: false, toggle: false, ...more })

  it('takes one, adds one, takes one away', () => {
    expect(select({ selected: ['a'], current: 'a' }, at(2))).toEqual({ selected: ['c'], current: 'c' })
    expect(select({ selected: ['a'], current: 'a' }, at(2, { toggle: true }))?.selected).toEqual(['a', 'c'])
    expect(select({ selected: ['a', 'c'], current: 'c' }, at(0, { toggle: true }))?.selected).toEqual(['c'])
  })

  it('draws a range from where it began, in both directions', () => {
    const down = select({ selected: ['b'], current: 'b' }, at(3, { extend: true }))
    expect(down?.selected).toEqual(['b', 'c', 'd'])
    const up = down && select(down, at(0, { extend: true }))
    expect(up?.selected).toEqual(['b', 'a'])
  })

  it('does nothing where nothing is', () => {
    expect(select({ selected: [], current: null }, at(9))).toBeNull()
  })
})

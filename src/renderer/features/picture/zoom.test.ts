import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FITTED, panned, placementOf, zoomedTo } from './zoom.ts'

const pane = fc.record({
  width: fc.integer({ min: 100, max: 3000 }),
  height: fc.integer({ min: 100, max: 2000 }),
  ratio: fc.constantFrom(1, 1.25, 1.5, 2)
})
const picture = fc.record({ width: fc.integer({ min: 16, max: 6000 }), height: fc.integer({ min: 16, max: 6000 }) })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const times = fc.double({ min: 0.05, max: 16, noNaN: true })

describe('a picture in its pane', () => {
  it('is whole and in the middle when it is fitted, never enlarged', () => {
    fc.assert(
      fc.property(pane, picture, (room, size) => {
        const placed = placementOf(FITTED, room, size)
        expect(placed.width).toBeLessThanOrEqual(room.width + 1e-6)
        expect(placed.height).toBeLessThanOrEqual(room.height + 1e-6)
        expect(placed.scale * room.ratio).toBeLessThanOrEqual(1)
        expect(placed.left + placed.width / 2).toBeCloseTo(room.width / 2, -0.5)
        expect(placed.zoomed).toBe(false)
      })
    )
  })

  it('never leaves a gap on one side while it reaches beyond the other', () => {
    fc.assert(
      fc.property(pane, picture, times, share, share, (room, size, zoom, x, y) => {
        const placed = placementOf({ times: zoom, centre: { x, y } }, room, size)
        const slack = 1 / room.ratio
        if (placed.width >= room.width) {
          expect(placed.left).toBeLessThanOrEqual(slack)
          expect(placed.left + placed.width).toBeGreaterThanOrEqual(room.width - slack)
        }
      })
    )
  })

  it('stays under the pointer when it is zoomed, unless its edge holds it', () => {
    fc.assert(
      fc.property(pane, picture, times, share, share, (room, size, zoom, fx, fy) => {
        const before = placementOf({ times: zoom, centre: { x: 0.5, y: 0.5 } }, room, size)
        const at = { x: fx * room.width, y: fy * room.height }
        const after = placementOf(zoomedTo(zoom * 2, at, before, room, size), room, size)
        const held = after.left > -1 || after.left + after.width < room.width + 1 || before.width < room.width
        const under = (placed: typeof before) => (at.x - placed.left) / placed.width
        // Both placements are rounded to screen pixels, and the first is enlarged twice.
        if (!held) expect(Math.abs(under(after) - under(before)) * after.width).toBeLessThanOrEqual(2)
      })
    )
  })

  it('moves as far as the pointer does', () => {
    const room = { width: 400, height: 300, ratio: 1 }
    const size = { width: 4000, height: 3000 }
    const zoom = { times: 1, centre: { x: 0.5, y: 0.5 } }
    const before = placementOf(zoom, room, size)
    const after = placementOf(panned(zoom, { x: 30, y: -20 }, before, room), room, size)
    expect(after.left - before.left).toBe(30)
    expect(after.top - before.top).toBe(-20)
  })
})

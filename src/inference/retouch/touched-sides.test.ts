import { describe, expect, it } from 'vitest'
import { touchedSides } from './touched-sides.ts'

const frame = { centre: { x: 200, y: 300 }, width: 400, height: 500, angle: 0 }
const line = (x: number, from: number, to: number) =>
  Array.from({ length: to - from }, (_, step) => ({ x, y: from + step }))

describe('touchedSides', () => {
  it('names the sides where somebody touches over a visible length', () => {
    expect(touchedSides([...line(60, 300, 400), ...line(350, 500, 550)], frame)).toEqual(['left', 'right'])
    expect(touchedSides(line(350, 100, 400), frame)).toEqual(['right'])
  })

  it('is silent about contacts outside the frame and about specks', () => {
    expect(touchedSides([...line(60, 600, 900), ...line(500, 100, 400)], frame)).toEqual([])
    expect(touchedSides(line(60, 300, 310), frame)).toEqual([])
  })
})

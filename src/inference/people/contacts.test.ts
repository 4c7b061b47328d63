import { describe, expect, it } from 'vitest'
import { contactsOf } from './contacts.ts'

const [width, height] = [12, 6]
const plane = (value: (x: number, y: number) => number) =>
  Float32Array.from({ length: width * height }, (_, at) => value(at % width, Math.floor(at / width)))
const raster = (data: Float32Array) => ({ width, height, channels: 1, data }) as const

/** Two people side by side, columns 1 to 5 and 6 to 10; the second begins in row 3. */
const people = plane((x, y) => ((x >= 1 && x <= 5) || (x >= 6 && x <= 10 && y >= 3) ? 2 : -2))
const none = new Float32Array(width * height)
const maps = {
  width,
  height,
  scale: 0.5,
  margin: people,
  hair: none,
  bodySkin: none,
  faceSkin: none,
  clothes: none,
  other: none
}

describe('contactsOf', () => {
  it('gives the line between two who touch, in pixels of the picture', () => {
    const claim = plane((x) => (x <= 5 ? 1 : 0))
    const outline = plane((x, y) => ((people[y * width + x] ?? 0) > 0 && x <= 5 ? 1 : 0))
    const contacts = contactsOf(maps, raster(claim), raster(outline))
    expect(contacts).toEqual([
      { x: 12, y: 8 },
      { x: 12, y: 10 }
    ])
  })

  it('finds nothing where one stands alone, nor between two others', () => {
    expect(contactsOf(maps, raster(plane(() => 1)), raster(plane(() => 1)))).toEqual([])
    expect(contactsOf(maps, raster(plane((x) => (x <= 5 ? 1 : 0))), raster(none))).toEqual([])
  })
})

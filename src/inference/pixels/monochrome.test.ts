import { describe, expect, it } from 'vitest'
import { sampleRaster } from '../faces/sample-photos.fixture.ts'
import { luminance } from './colour.ts'
import { isMonochrome, removeColour } from './monochrome.ts'

describe('monochrome pictures', () => {
  it('are told from colour photos, and are what a photo without its colour becomes', async () => {
    const photo = await sampleRaster(6)
    expect(isMonochrome(photo)).toBe(false)
    const grey = { ...photo, data: photo.data.slice() }
    removeColour(grey)
    expect(isMonochrome(grey)).toBe(true)
    for (let at = 0; at < 3000; at += 3) {
      const [r = 0, g = 0, b = 0] = photo.data.subarray(at, at + 3)
      expect([...grey.data.subarray(at, at + 3)]).toEqual(Array(3).fill(Math.fround(luminance(r, g, b))))
    }
  })

  it('are not those that were toned', () => {
    const sepia = { width: 10, height: 10, channels: 3 as const, data: new Float32Array(300) }
    for (let at = 0; at < 300; at += 3) sepia.data.set([0.4, 0.3, 0.2], at)
    expect(isMonochrome(sepia)).toBe(false)
  })
})

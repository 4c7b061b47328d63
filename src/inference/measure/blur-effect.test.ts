import { describe, expect, it } from 'vitest'
import { blurEffect, type Plane } from './blur-effect.ts'

/** Waves with noise from the minimal standard generator (Park and Miller), so that others can make the same. */
function texture(width: number, height: number): Plane {
  const data = new Float32Array(width * height)
  let state = 12345
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      state = (state * 16807) % 2147483647
      data[y * width + x] = 0.5 + 0.3 * Math.sin(x / 3) * Math.cos(y / 5) + 0.2 * (state / 2147483647 - 0.5)
    }
  }
  return { width, height, data }
}

describe('blurEffect', () => {
  it('agrees with skimage.measure.blur_effect of scikit-image 0.26', () => {
    expect(blurEffect(texture(40, 30))).toBeCloseTo(0.5148796627365281, 6)
  })

  it('does not depend on contrast or brightness', () => {
    const plane = texture(60, 50)
    const faint = { ...plane, data: plane.data.map((value) => 20 + 0.1 * value) }
    expect(blurEffect(faint)).toBeCloseTo(blurEffect(plane), 3)
  })

  it('is 1 where there is nothing to lose', () => {
    expect(blurEffect({ width: 30, height: 30, data: new Float32Array(900).fill(0.4) })).toBe(1)
  })
})

import { describe, expect, it } from 'vitest'
import { luminance } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { createPanorama, type Panorama } from './panorama.ts'
import { renderPerspective } from './perspective.ts'
import { type PlaceRequest, renderPlace } from './place.ts'

/** A dim room with lamps of many thousand times its light, ringed by rounding as the real ones are. */
function room(lamps = [110, 128, 141]): Panorama {
  const picture = createRaster(256, 128, 3)
  for (let y = 0, at = 0; y < 128; y++) {
    for (let x = 0; x < 256; x++, at += 3) {
      const wall = 0.1 + 0.08 * Math.sin(x * 1.3) * Math.cos(y * 0.9)
      picture.data.set([wall, wall * 0.9, wall * 0.8], at)
    }
  }
  for (const x of lamps) picture.data.set([6000, 5200, 4000], 3 * (60 * 256 + x))
  return createPanorama(picture)
}

const request: PlaceRequest = {
  width: 160,
  height: 200,
  shot: { yaw: 0, pitch: 2, fov: 46, stops: -0.3, balance: [1, 1, 1] },
  defocus: 0.022,
  subjectLuminance: 0.28
}

const meanLuminance = (raster: Raster) => {
  const { data } = resize(raster, 8, 10, 'area')
  let sum = 0
  for (let at = 0; at < data.length; at += 3) sum += luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
  return sum / 80
}

describe('renderPerspective', () => {
  it('looks straight ahead at the middle of the panorama, and to the right of it for a positive yaw', () => {
    const picture = createRaster(64, 32, 3).data.fill(0.01)
    const panorama = { width: 64, height: 32, channels: 3, data: picture } as const
    // East: a quarter turn to the right of the middle.
    for (let y = 14; y < 18; y++) picture.fill(1, 3 * (y * 64 + 46), 3 * (y * 64 + 50))
    const [east, ahead] = [90, 0].map((yaw) => {
      const view = renderPerspective(createPanorama(panorama), { yaw, pitch: 0, focal: 60 }, 41, 41)
      return view.data[3 * (20 * 41 + 20)] ?? 0
    })
    expect(east).toBeCloseTo(1, 1)
    expect(ahead).toBeCloseTo(0.01, 2)
  })

  it('looks up for a positive pitch', () => {
    const panorama = createRaster(64, 32, 3)
    panorama.data.fill(0.01).fill(1, 0, 3 * 64 * 8)
    const view = renderPerspective(createPanorama(panorama), { yaw: 10, pitch: 80, focal: 60 }, 9, 9)
    expect(view.data[3 * 40]).toBeCloseTo(1, 1)
  })

  it('does not ring below the wall beside a lamp', () => {
    const view = renderPerspective(room(), { yaw: 0, pitch: 0, focal: 400 }, 300, 300)
    const darkest = 0.02 * 0.8
    expect(view.data.every((value) => value > 0.98 * darkest)).toBe(true)
  })

  it('meets itself at the seam behind the camera', () => {
    const panorama = createRaster(64, 32, 3)
    panorama.data.fill(0.5)
    const { data } = renderPerspective(createPanorama(panorama), { yaw: 180, pitch: 0, focal: 50 }, 21, 21)
    for (const value of data) expect(value).toBeCloseTo(0.5, 2)
  })
})

describe('renderPlace', () => {
  it('stays within display light, even with lamps thousands of times the wall', () => {
    const { picture } = renderPlace(room(), request)
    expect(picture.data.every((value) => value >= -0.02 && value <= 1)).toBe(true)
  })

  it('has the exposure of the shot, not of the size', () => {
    const small = meanLuminance(renderPlace(room(), request).picture)
    const large = meanLuminance(renderPlace(room(), { ...request, width: 640, height: 800 }).picture)
    expect(large / small).toBeCloseTo(1, 1)
  })

  it('lightens by the stops asked for and follows the skin', () => {
    const gain = (change: Partial<PlaceRequest>) => renderPlace(room(), { ...request, ...change }).gain
    const darker = { ...request.shot, stops: -1.3 }
    expect(gain({}) / gain({ shot: darker })).toBeCloseTo(2, 5)
    expect(gain({ subjectLuminance: 0.4 })).toBeGreaterThan(gain({ subjectLuminance: 0.1 }))
  })

  it('shows no detail finer than the defocus', () => {
    const detail = (defocus: number) => {
      const { picture } = renderPlace(room([]), { ...request, defocus, width: 320, height: 400 })
      let sum = 0
      for (let at = 0; at + 3 < picture.data.length; at += 3) {
        sum += Math.abs((picture.data[at + 3] ?? 0) - (picture.data[at] ?? 0))
      }
      return sum
    }
    expect(detail(0.05)).toBeLessThan(0.8 * detail(0.01))
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PLACE_IDS } from '../../domain/parameters/background.ts'
import { retouchSettingsSchema } from '../../domain/retouch-settings.ts'
import { panoramaShot, placeShot } from './shots.ts'
import { PLACE_VIEWS } from './views.ts'

const settings = retouchSettingsSchema.parse({})
const seeds = fc.nat(2 ** 31 - 2)

describe('the way a seed takes a view', () => {
  it.each(PLACE_IDS)('stays by the views chosen by eye: %s', (place) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const shot = placeShot({ kind: 'place', place }, seed, settings)
        const fits = PLACE_VIEWS[place].some(
          ({ yaw, pitch, stops, sway, fov }) =>
            Math.abs(shot.yaw - yaw) <= sway &&
            Math.abs(shot.pitch - pitch) <= 1 &&
            shot.stops >= stops[0] &&
            shot.stops <= stops[1] &&
            shot.fov === fov
        )
        expect(fits).toBe(true)
      })
    )
  })

  it.each(PLACE_IDS)('turns, tilts and exposes it differently, and takes every view: %s', (place) => {
    const shots = Array.from({ length: 60 }, (_, seed) => placeShot({ kind: 'place', place }, seed, settings))
    for (const of of ['yaw', 'pitch', 'stops'] as const) {
      expect(new Set(shots.map((shot) => shot[of].toFixed(6))).size).toBe(shots.length)
    }
    const nearest = (yaw: number) =>
      [...PLACE_VIEWS[place]].sort((a, b) => Math.abs(a.yaw - yaw) - Math.abs(b.yaw - yaw))[0]?.name
    expect(new Set(shots.map(({ yaw }) => nearest(yaw))).size).toBe(PLACE_VIEWS[place].length)
  })

  it('looks straight ahead into an own panorama, horizon below the middle of the frame', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { yaw, pitch, stops } = panoramaShot(seed, settings)
        expect(Math.abs(yaw)).toBeLessThanOrEqual(8)
        expect(pitch).toBeGreaterThan(2)
        expect(pitch).toBeLessThan(6)
        expect(stops).toBeGreaterThanOrEqual(-0.4)
        expect(stops).toBeLessThanOrEqual(0)
      })
    )
    const turned = panoramaShot(3, { ...settings, 'background.yaw': 60, 'exposure.background': 0.5 })
    const before = panoramaShot(3, settings)
    expect(turned.yaw - before.yaw).toBeCloseTo(60, 9)
    expect(turned.stops - before.stops).toBeCloseTo(0.5, 9)
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SpeedMeter } from './speed-meter.ts'

it('says nothing at first, then what came over the last seconds, and how long the rest takes', () => {
  const meter = new SpeedMeter()
  expect(meter.bytesPerSecond(0)).toBeNull()
  for (let at = 0; at <= 5000; at += 100) meter.add(1000, at)
  expect(meter.bytesPerSecond(5000)).toBeCloseTo(10_000)
  expect(meter.leftMs(20_000, 5000)).toBeCloseTo(2000)
})

it('forgets what was long ago', () => {
  const meter = new SpeedMeter()
  meter.add(1e9, 0)
  for (let at = 0; at <= 30_000; at += 500) meter.add(500, at)
  expect(meter.bytesPerSecond(30_000)).toBeCloseTo(1000, -2)
})

it('is never negative and never endless', () => {
  const steps = fc.array(fc.tuple(fc.nat(1e9), fc.nat(60_000)), { maxLength: 40 })
  fc.assert(
    fc.property(steps, (samples) => {
      const meter = new SpeedMeter()
      let now = 0
      for (const [bytes, wait] of samples) {
        now += wait
        meter.add(bytes, now)
        const speed = meter.bytesPerSecond(now)
        expect(speed === null || (speed >= 0 && Number.isFinite(speed))).toBe(true)
        const left = meter.leftMs(1e9, now)
        expect(left === null || (left > 0 && Number.isFinite(left))).toBe(true)
      }
    })
  )
})

import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { applyMatrix, invertMatrix, SRGB_TO_REC2020 } from '../pixels/colour.ts'
import { isExr } from './exr-header.ts'
import { parseExr } from './open-exr.ts'

/** Written by the format's own library: scripts/places/golden/record-exr.py. */
const golden = z
  .object({ width: z.int(), height: z.int(), files: z.record(z.string(), z.string()) })
  .parse(JSON.parse(await readFile(new URL('./fixtures/open-exr.json', import.meta.url), 'utf8')))
const { width, height } = golden
const bytesOf = (name: string) => Buffer.from(golden.files[name] ?? '', 'base64')
const asItIs = (size: Size) => size
const LAMP = [3000, 2500, 2000]
const expected = (x: number, y: number) =>
  x === 5 && y === 3 ? LAMP : [0.05 + x / width, 0.1 + y / height, 0.02 + (x + y) / (width + height)]

/** Worst difference to the picture, as a share of its value. */
async function worstOf(name: string, primaries: 'rec709' | 'rec2020' = 'rec709', skip = -1): Promise<number> {
  const { data } = await parseExr(bytesOf(name), asItIs)
  if (primaries === 'rec709') applyMatrix(data, invertMatrix(SRGB_TO_REC2020))
  let worst = 0
  for (let pixel = 0; pixel < width * height; pixel++) {
    if (pixel === skip) continue
    expected(pixel % width, Math.floor(pixel / width)).forEach((value, c) => {
      worst = Math.max(worst, Math.abs((data[3 * pixel + c] ?? 0) - value) / value)
    })
  }
  return worst
}

/** Of a half float: ten bits and a rounding. */
const HALF = 2 ** -10
const LOSSY = ['b44-half', 'dwaa-half', 'dwab-half', 'dwaa-float']

describe('parseExr', () => {
  // The decoder tells of every attribute it does not know.
  beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined))

  const exact = Object.keys(golden.files).filter((name) => !LOSSY.includes(name) && !/rec2020|odd/.test(name))

  it.each(exact)('reads %s to the precision it has, whatever the range', async (name) => {
    expect(await worstOf(name)).toBeLessThan(name.endsWith('float') ? 1e-5 : HALF)
  })

  // B44 and DWA lose most in the darks beside the lamp.
  it.each(LOSSY)('reads %s as well as its compression keeps', async (name) => {
    expect(await worstOf(name)).toBeLessThan(0.35)
  })

  it('takes the primaries that are stated', async () => {
    expect(await worstOf('zip-rec2020', 'rec2020')).toBeLessThan(HALF)
  })

  it('takes no light for what is no number or negative, and finite light for what is infinite', async () => {
    const { data } = await parseExr(bytesOf('zip-odd'), asItIs)
    expect(data.every((value) => value >= 0 && value < 1e5)).toBe(true)
    expect(data[2]).toBeGreaterThan(1e4)
    expect(await worstOf('zip-odd', 'rec709', 0)).toBeLessThan(1e-5)
  })

  it('makes it smaller by means, so that the light is kept', async () => {
    const mean = (data: Float32Array) => data.reduce((sum, value) => sum + value, 0) / data.length
    const whole = await parseExr(bytesOf('none-float'), asItIs)
    const small = await parseExr(bytesOf('none-float'), () => ({ width: 7, height: 5 }))
    expect([small.width, small.height]).toEqual([7, 5])
    expect(mean(small.data) / mean(whole.data)).toBeCloseTo(1, 4)
  })

  it.each(['none-half', 'zip-half', 'piz-half', 'dwaa-half', 'zip-tiles'])('refuses %s cut short', async (name) => {
    const bytes = bytesOf(name)
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        await expect(parseExr(bytes.subarray(0, length), asItIs)).rejects.toMatchObject({ code: 'image-damaged' })
      }),
      { numRuns: 60 }
    )
  })

  it('refuses a damaged header with an error of ours, before any memory is given to its pixels', async () => {
    const bytes = bytesOf('zip-half')
    const limited = (size: Size) => {
      if (size.width * size.height > 1e4) throw new StudioError('image-too-large', 'It is too large.')
      return { width: 1, height: 1 }
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(300), fc.nat(255), async (at, value) => {
        const changed = Buffer.from(bytes)
        changed[at] = value
        if (!isExr(changed)) return
        await parseExr(changed, limited).catch((error) => expect(error).toBeInstanceOf(StudioError))
      }),
      { numRuns: 200 }
    )
  })

  it('refuses one that the decoder would hold whole in too much memory', async () => {
    const changed = Buffer.from(bytesOf('zip-half'))
    const at = changed.indexOf('dataWindow\0box2i\0') + 'dataWindow\0box2i\0'.length + 4
    changed.writeInt32LE(3_000_000, at + 8)
    await expect(parseExr(changed, () => ({ width: 1, height: 1 }))).rejects.toMatchObject({ code: 'image-too-large' })
  })
})

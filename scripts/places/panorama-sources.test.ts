import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { PLACE_IDS } from '../../src/domain/parameters/background.ts'
import { parseRadiance } from '../../src/inference/backdrop/radiance.ts'
import { convertPanorama, readSource } from './convert.ts'
import { SOURCES } from './panorama-sources.ts'

describe('the panoramas', () => {
  it('are known for every place, each by its own checksum', () => {
    expect(Object.keys(SOURCES).sort()).toEqual([...PLACE_IDS].sort())
    expect(new Set(Object.values(SOURCES)).size).toBe(PLACE_IDS.length)
  })

  // The damaged suns, the strongest rings and the darkest shadows among the eighteen.
  it.each(['park', 'esplanade', 'forest'] as const)('convert to the same positive light every time: %s', async (id) => {
    const source = await readSource(id)
    expect(createHash('sha256').update(source).digest('hex')).toBe(SOURCES[id])
    const bytes = convertPanorama(source)
    expect(convertPanorama(source).equals(bytes)).toBe(true)
    const { width, height, data } = parseRadiance(bytes)
    expect([width, height]).toEqual([512, 256])
    expect(data.every((value) => value > 0 && Number.isFinite(value))).toBe(true)
  })

  it('stand upright: a sky is brighter and bluer than the ground', async () => {
    const { width, height, data } = parseRadiance(convertPanorama(await readSource('park')))
    const mean = (top: number, channel: number) => {
      let sum = 0
      for (let at = 3 * top * width + channel; at < 3 * (top + height / 4) * width; at += 3) sum += data[at] ?? 0
      return sum
    }
    expect(mean(0, 2)).toBeGreaterThan(mean(0, 0))
    expect(mean((3 * height) / 4, 1)).toBeGreaterThan(mean((3 * height) / 4, 2))
  })
})

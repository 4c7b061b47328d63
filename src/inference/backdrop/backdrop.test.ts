import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeRadiance } from '../../../scripts/places/encode-radiance.ts'
import { BACKGROUNDS, type Backdrop } from '../../domain/parameters/background.ts'
import { retouchSettingsSchema } from '../../domain/retouch-settings.ts'
import { toSrgbBytes } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { type BackdropRequest, renderBackdrop } from './backdrop.ts'
import { PLACE_VIEWS } from './views.ts'

const settings = retouchSettingsSchema.parse({})
const signal = new AbortController().signal
const at = (backdrop: Backdrop, more: Partial<BackdropRequest> = {}) =>
  renderBackdrop({ backdrop, width: 64, height: 80, seed: 7, settings, subjectLuminance: 0.28, signal, ...more })

const place: Backdrop = { kind: 'place', place: 'park' }
const before = process.env.APEX_RESOURCES
let resources = ''

beforeAll(async () => {
  resources = await mkdtemp(join(tmpdir(), 'places-'))
  process.env.APEX_RESOURCES = resources
  const panorama = createRaster(64, 32, 3)
  panorama.data.forEach((_, i) => {
    panorama.data[i] = 0.2 + 0.1 * Math.sin(i / 17) + (i < 2000 ? 0.5 : 0)
  })
  await mkdir(join(resources, 'places'))
  await writeFile(join(resources, 'places', 'park.hdr'), encodeRadiance(panorama))
  await writeFile(join(resources, 'places', 'lab.hdr'), '#?RADIANCE\n\nnothing')
})
afterAll(async () => {
  if (before === undefined) delete process.env.APEX_RESOURCES
  else process.env.APEX_RESOURCES = before
  await rm(resources, { recursive: true })
})

describe('renderBackdrop', () => {
  it('lays any plain colour exactly', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(0xffffff), async (code) => {
        const colour = `#${code.toString(16).padStart(6, '0')}` as const
        const { picture } = await at({ kind: 'plain', colour }, { width: 3, height: 2 })
        const bytes = toSrgbBytes(picture)
        const wanted = [code >> 16, (code >> 8) & 255, code & 255]
        bytes.forEach((value, i) => {
          expect(Math.abs(value - (wanted[i % 3] ?? 0))).toBeLessThanOrEqual(1)
        })
      }),
      { numRuns: 100 }
    )
  })

  const drawn: Backdrop[] = [{ kind: 'gradient', colour: '#7d7f82' }, { kind: 'canvas', colour: '#6b6257' }, place]

  it.each(drawn)('is the same for the same seed and another for another: $kind', async (backdrop) => {
    const [first, again, other] = await Promise.all([at(backdrop), at(backdrop), at(backdrop, { seed: 8 })])
    expect(again.picture.data).toEqual(first.picture.data)
    expect(other.picture.data).not.toEqual(first.picture.data)
  })

  it.each(drawn)('stays within display light: $kind', async (backdrop) => {
    for (const exposure of [-2, 0, 2]) {
      const { picture } = await at(backdrop, { settings: { ...settings, 'exposure.background': exposure } })
      expect(picture.data.every((value) => value >= -0.01 && value <= 1)).toBe(true)
    }
  })

  it('keeps the colour asked for in the middle range of a studio sweep', async () => {
    const { picture } = await at({ kind: 'gradient', colour: '#7d7f82' })
    const greens = picture.data.filter((_, i) => i % 3 === 1).sort()
    const asked = 0.21 // #7f = 127 as linear light
    expect(greens[0]).toBeLessThan(asked)
    expect(greens.at(-1)).toBeGreaterThan(asked)
  })

  it('gives the light of a place and leaves the photo its own elsewhere', async () => {
    expect((await at(place)).light?.coefficients[0]).toBeGreaterThan(0)
    expect((await at({ kind: 'canvas', colour: '#6b6257' })).light).toBeNull()
  })

  it('says which place is missing or damaged', async () => {
    await expect(at({ kind: 'place', place: 'city' })).rejects.toMatchObject({ code: 'place-missing' })
    await expect(at({ kind: 'place', place: 'lab' })).rejects.toMatchObject({ code: 'place-damaged' })
  })

  it('stops when it is cancelled', async () => {
    await expect(at(place, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
  })
})

describe("the photo's own background", () => {
  /** Blue wall, a red person in the middle. */
  function photo(): { raster: Raster; matte: Raster } {
    const raster = createRaster(64, 80, 3)
    const matte = createRaster(64, 80, 1)
    for (let y = 0; y < 80; y++) {
      for (let x = 0; x < 64; x++) {
        const isPerson = x > 20 && x < 44 && y > 20
        matte.data[y * 64 + x] = isPerson ? 1 : 0
        raster.data.set(isPerson ? [0.8, 0.02, 0.02] : [0.1, 0.2, 0.5], 3 * (y * 64 + x))
      }
    }
    return { raster, matte }
  }

  it('shows nothing of the person', async () => {
    const { picture } = await at({ kind: 'original' }, { photo: photo() })
    for (let i = 0; i < picture.data.length; i += 3) expect(picture.data[i]).toBeLessThan(0.13)
  })

  it('goes on smoothly beyond the edges of the photo', async () => {
    const { raster, matte } = photo()
    for (let y = 0; y < 80; y++) raster.data.fill(0.3 + 0.005 * y, 3 * 64 * y, 3 * 64 * (y + 1))
    raster.data.fill(Number.NaN, 0, 3 * 64 * 25)
    const { picture } = await at({ kind: 'original' }, { photo: { raster, matte } })
    expect(picture.data.every((value) => value > 0.35 && value < 0.75)).toBe(true)
  })

  it('needs the photo', async () => {
    await expect(at({ kind: 'original' })).rejects.toThrow(/needs the photo/)
  })
})

describe('the views', () => {
  it('exist under every name the catalogue uses', () => {
    for (const { backdrop } of BACKGROUNDS) {
      if (backdrop.kind !== 'place' || !('view' in backdrop)) continue
      expect(PLACE_VIEWS[backdrop.place].map(({ name }) => name)).toContain(backdrop.view)
    }
  })
})

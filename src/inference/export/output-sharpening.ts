import type { SharpenAmount, SharpenFor } from '../../domain/delivery/export-options.ts'
import { gaussianBlur } from '../pixels/blur.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'

/**
 * Sharpening halos that lie below what the eye parts at reading distance, about 1/100 inch on paper (Fraser and Schewe,
 * "Real World Image Sharpening", 2nd edition, chapter 2); on a screen one pixel. Matte paper spreads ink further than
 * glossy. `sigma` is in pixels on a screen, in inches on paper; `strength` is the share of the detail added again.
 */
const MEDIA = {
  screen: { sigma: 0.55, strength: 0.55 },
  'print-glossy': { sigma: 0.0027, strength: 0.9 },
  'print-matte': { sigma: 0.0034, strength: 1.3 }
} as const satisfies Record<Exclude<SharpenFor, 'none'>, { sigma: number; strength: number }>

const AMOUNTS: Readonly<Record<SharpenAmount, number>> = { low: 0.6, standard: 1, high: 1.5 }

/** Of papers whose resolution nobody told. */
const USUAL_PPI = 300
/** In lightness, where white is 1: differences up to this are noise and grain and stay; no edge is raised by more. */
const NOISE = 0.004
const MOST = 0.09
/** Linear light whose ratio would otherwise explode in the dark. */
const DARKEST = 1e-5

/**
 * Raises the fine detail of a picture of final size for what it will be looked at on: unsharp masking of lightness (the
 * cube root of luminance, so that dark and light halos weigh the same), edges limited, colour untouched.
 *
 * @param pixelsPerInch of the print; null takes 300
 */
export function sharpenForOutput(
  raster: Raster,
  medium: SharpenFor,
  amount: SharpenAmount,
  pixelsPerInch: number | null
): Raster {
  if (medium === 'none') return raster
  const { sigma, strength } = MEDIA[medium]
  const pixels = medium === 'screen' ? sigma : sigma * (pixelsPerInch ?? USUAL_PPI)
  const light = lightness(raster)
  const soft = gaussianBlur(light, pixels)
  const sharp = createRaster(raster.width, raster.height, 3)
  for (let pixel = 0, at = 0; pixel < light.data.length; pixel++, at += 3) {
    const l = light.data[pixel] ?? 0
    const raised = l + edge(l - (soft.data[pixel] ?? 0), strength * AMOUNTS[amount])
    const factor = (Math.max(0, raised) / l) ** 3
    for (let channel = 0; channel < 3; channel++) sharp.data[at + channel] = (raster.data[at + channel] ?? 0) * factor
  }
  return sharp
}

function edge(difference: number, strength: number): number {
  const size = Math.abs(difference)
  if (size <= NOISE) return 0
  return Math.sign(difference) * MOST * Math.tanh(((size - NOISE) * strength) / MOST)
}

function lightness({ width, height, data }: Raster): Raster {
  const light = createRaster(width, height, 1)
  for (let pixel = 0, at = 0; pixel < light.data.length; pixel++, at += 3) {
    const y = luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
    light.data[pixel] = Math.cbrt(Math.max(DARKEST, y))
  }
  return light
}

import type { Size } from './geometry.ts'

/** Pixels the FLUX models were trained at, and the most they make or look at. */
export const MODEL_AREA = 1024 * 1024
/** Pixels along one token: 8 of the autoencoder, packed two by two. */
export const PIXELS_PER_TOKEN = 16

/** The largest whole number of tokens in so many pixels, at least one, in pixels. */
export function wholeTokens(pixels: number): number {
  return Math.max(1, Math.floor(pixels / PIXELS_PER_TOKEN)) * PIXELS_PER_TOKEN
}

/**
 * The size of about one megapixel that comes next to an aspect ratio, as `FluxKontextPipeline` of diffusers sets it.
 * @param aspect width over height
 */
export function megapixelSize(aspect: number, area = MODEL_AREA): Size {
  return {
    width: wholeTokens(Math.round(Math.sqrt(area * aspect))),
    height: wholeTokens(Math.round(Math.sqrt(area / aspect)))
  }
}

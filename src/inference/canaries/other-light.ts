import type { AnalysedFace } from '../faces/face.ts'
import { gaussianBlur } from '../pixels/blur.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { luminance } from '../pixels/rgb-spaces.ts'
import { classShare } from './class-share.ts'

type FaceOnPicture = Pick<AnalysedFace, 'box'>
/** Linear gains of the three channels. */
type Gain = readonly [number, number, number]

/**
 * Where the light of the side ends across the face, in its widths from its left edge, and what is left beyond: more than
 * four stops less. These figures are chosen by eye, as all here: nobody mistakes the light.
 */
const SHADOW = { from: 0.25, to: 0.68, left: 0.04 }
/** What is left of the backdrop: a low-key picture has a dark one. */
const BACKDROP = 0.04

/** Light from one side only, the other side of the face and the backdrop in the dark: low-key, as nobody mistakes it. */
export async function lightFromSide(picture: Raster, { box }: FaceOnPicture): Promise<Raster> {
  const backdrop = await classShare(picture, 'background')
  const [from, to] = [box.x + SHADOW.from * box.width, box.x + SHADOW.to * box.width]
  return relit(picture, (pixel) => {
    const across = Math.min(1, Math.max(0, ((pixel % picture.width) + 0.5 - from) / (to - from)))
    const onPerson = 1 + (SHADOW.left - 1) * across * across * (3 - 2 * across)
    const share = backdrop[pixel] ?? 0
    const gain = onPerson + share * (BACKDROP - onPerson)
    return [gain, gain, gain]
  })
}

/** Linear luminance that everything comes to, and how far it is turned up or down for it. */
const EVEN = { luminance: 0.3, least: 0.4, most: 4 }
/** Standard deviation of what counts as light rather than as drawing, in widths of the face. */
const LIGHT_REACH = 0.12

/** All light and shade taken out: every part of the picture equally bright, as in no dramatic light. */
export function flattenLight(picture: Raster, { box }: FaceOnPicture): Raster {
  const brightness = createRaster(picture.width, picture.height, 1)
  for (let pixel = 0; pixel < brightness.data.length; pixel++) {
    const [r, g, b] = picture.data.subarray(3 * pixel, 3 * pixel + 3)
    brightness.data[pixel] = luminance(r ?? 0, g ?? 0, b ?? 0)
  }
  const light = gaussianBlur(brightness, LIGHT_REACH * box.width).data
  return relit(picture, (pixel) => {
    const gain = Math.min(EVEN.most, Math.max(EVEN.least, EVEN.luminance / Math.max(1e-4, light[pixel] ?? 0)))
    return [gain, gain, gain]
  })
}

/** Casts stronger than any white balance that a portrait is delivered with: candlelight, and open shade under a blue sky. */
export const CASTS = {
  warm: [1.25, 0.85, 0.35],
  cool: [0.55, 0.9, 1.5]
} as const satisfies Readonly<Record<string, Gain>>

/** Everything in one colour of light. */
export function castColour(picture: Raster, cast: keyof typeof CASTS): Raster {
  return relit(picture, () => CASTS[cast])
}

function relit(picture: Raster, gainAt: (pixel: number) => Gain): Raster {
  const lit: Raster = { ...picture, data: picture.data.slice() }
  for (let pixel = 0; pixel < picture.width * picture.height; pixel++) {
    const gains = gainAt(pixel)
    for (let channel = 0; channel < 3; channel++)
      lit.data[3 * pixel + channel] = (picture.data[3 * pixel + channel] ?? 0) * (gains[channel] ?? 1)
  }
  return lit
}

import { StudioError } from '../../domain/errors.ts'
import { fromOklab, toOklab } from '../pixels/oklab.ts'
import type { Raster } from '../pixels/raster.ts'
import { classShare } from './class-share.ts'

/** Chroma of the new colour in Oklab: as strong as dyed cloth gets (a red of sRGB has 0.26). */
const CHROMA = 0.15
/** Cloth with less chroma has no hue to go opposite to. */
const COLOURLESS = 0.03
/** Hue of what colourless cloth becomes, radians: red. */
const RED = 0.5
/** Least share of the picture that has to be clothes. */
const SOME = 0.02
/** Lightness of the new cloth around that of its folds, so that neither black nor white stays what it was. */
const LIGHTNESS = { middle: 0.55, folds: 0.6 }

/**
 * The clothes in a strong colour opposite to their own, folds and all: plainly other clothes, on the same person.
 * @throws StudioError `photo-unsuitable` where hardly any clothes are in the picture, `model-missing`, `model-damaged`
 */
export async function recolourClothes(picture: Raster): Promise<Raster> {
  const share = await classShare(picture, 'clothes')
  const own = meanColour(picture, share)
  if (!own) {
    throw new StudioError('photo-unsuitable', 'The picture shows too little of the clothes.')
  }
  const hue = Math.hypot(own.a, own.b) < COLOURLESS ? RED : Math.atan2(-own.b, -own.a)
  const [a, b] = [CHROMA * Math.cos(hue), CHROMA * Math.sin(hue)]
  const dyed: Raster = { ...picture, data: picture.data.slice() }
  const lab = new Float32Array(3)
  const rgb = new Float32Array(3)
  for (let pixel = 0; pixel < share.length; pixel++) {
    const weight = share[pixel] ?? 0
    if (weight <= 0) continue
    const at = 3 * pixel
    toOklab(lab, 0, picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0)
    fromOklab(rgb, 0, LIGHTNESS.middle + LIGHTNESS.folds * ((lab[0] ?? 0) - own.lightness), a, b)
    for (let channel = 0; channel < 3; channel++) {
      const old = picture.data[at + channel] ?? 0
      dyed.data[at + channel] = old + weight * ((rgb[channel] ?? 0) - old)
    }
  }
  return dyed
}

function meanColour({ data }: Raster, share: Float32Array): { lightness: number; a: number; b: number } | null {
  const lab = new Float32Array(3)
  const sum = { weight: 0, lightness: 0, a: 0, b: 0 }
  for (let pixel = 0; pixel < share.length; pixel++) {
    const weight = share[pixel] ?? 0
    if (weight <= 0) continue
    toOklab(lab, 0, data[3 * pixel] ?? 0, data[3 * pixel + 1] ?? 0, data[3 * pixel + 2] ?? 0)
    sum.weight += weight
    sum.lightness += weight * (lab[0] ?? 0)
    sum.a += weight * (lab[1] ?? 0)
    sum.b += weight * (lab[2] ?? 0)
  }
  if (sum.weight < SOME * share.length) return null
  return { lightness: sum.lightness / sum.weight, a: sum.a / sum.weight, b: sum.b / sum.weight }
}

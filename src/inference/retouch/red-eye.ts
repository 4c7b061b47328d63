import type { Raster } from '../pixels/raster.ts'
import { eyeArea } from './face-areas.ts'
import type { PersonInFrame } from './person-in-frame.ts'
import { type Ramp, ramp } from './ramp.ts'

/** Linear light of the skin of the face: what counts as red depends on the light it was photographed in. */
export type SkinLight = readonly [red: number, green: number, blue: number]

/**
 * How many times redder than the skin, as red over the brighter of green and blue. Eyes as they are stay below 1.5 in
 * their corners and brown irises; a pupil lit by a flash beside the lens goes beyond 2 (measured on the 21 faces of
 * face-api's sample photos). Where one does, its rim and its glint, mixed with other light, are red from 1.1 on.
 */
const RED_PUPIL = { begin: 1.5, sure: 2.1 }
const RED_RIM = { begin: 1.1, sure: 1.4 }
/** Of the skin's red: a pupil that a flash has lit up is no darker, and what is darker shows no red. */
const LIT = { begin: 0.2, sure: 0.5 }

/**
 * What the red of a pixel within an eye with a red pupil is multiplied by, so that the blood behind it no longer shows:
 * the pupil becomes as dark as its green and blue say; a white glint, the iris and the white of the eye stay.
 *
 * @param r linear light, as g and b
 * @returns 0..1
 */
export function redEyeGain(r: number, g: number, b: number, skin: SkinLight): number {
  const rest = Math.max(g, b, 1e-6)
  const share = redness(r, rest, skin, RED_RIM)
  return share === 0 ? 1 : 1 + (rest / r - 1) * share
}

function redness(r: number, rest: number, [red, green, blue]: SkinLight, limits: Ramp): number {
  const skin = Math.max(1, red / Math.max(green, blue, 1e-6))
  return ramp(r / rest / skin, limits) * ramp(r / Math.max(red, 1e-6), LIT)
}

/** Where pupils shine red, and what counts as red in this light. */
export interface RedEyes {
  /** 1 channel, 0..1, smooth. */
  readonly eyes: Raster
  readonly skin: SkinLight
}

/** A coarse picture mixes a pupil with its iris: this much of one already tells. */
const TELLS = 0.2

/**
 * The eyes of a person if a flash has turned any pupil red, else null.
 * @param colours 3 channels, linear light; the person is in their pixels
 */
export function redEyesOf(colours: Raster, person: PersonInFrame): RedEyes | null {
  const eyes = eyeArea(person.face, person.faceWidth, colours)
  const skin = meanColour(colours, person.faceSkin)
  const { data } = colours
  const isRed = eyes.data.some((share, pixel) => {
    const at = 3 * pixel
    const rest = Math.max(data[at + 1] ?? 0, data[at + 2] ?? 0, 1e-6)
    return share > 0.5 && redness(data[at] ?? 0, rest, skin, RED_PUPIL) > TELLS
  })
  return isRed ? { eyes, skin } : null
}

/** Mean of a picture where a mask is 1. */
function meanColour({ data }: Raster, mask: Raster): SkinLight {
  let [r, g, b, weight] = [0, 0, 0, 1e-6]
  for (let pixel = 0, at = 0; pixel < mask.data.length; pixel++, at += 3) {
    const share = mask.data[pixel] ?? 0
    r += share * (data[at] ?? 0)
    g += share * (data[at + 1] ?? 0)
    b += share * (data[at + 2] ?? 0)
    weight += share
  }
  return [r / weight, g / weight, b / weight]
}

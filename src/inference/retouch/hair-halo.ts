import { boxBlur, gaussianBlur } from '../pixels/blur.ts'
import { luminance } from '../pixels/colour.ts'
import { fillHoles } from '../pixels/pull-push.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { ramp } from './ramp.ts'

/**
 * The rim of hair along the outline, in which single hairs carry the light of the old background through and around
 * them: on a darker backdrop they glow. Slowly varying layers over the frame, to be enlarged to any size.
 */
export interface HairHalo {
  /** 3 channels: the colour of the hair farther in, where no old light reaches. */
  readonly hair: Raster
  /** 1 channel, 0 not the rim .. 1 how far the halo is taken there. */
  readonly rim: Raster
}

/** Widths of the face: how deep the rim is, and how far the colours of hair are averaged. */
const DEPTH = 0.05
const AVERAGED = 0.08
/** Of a place's probability of hair, from which it counts as hair wholly. */
const HAIR = 0.5
const HAIR_NEAR = { begin: 0, sure: HAIR }
/** Of what the means see around a place, the share that is not the person: one half is the outline itself. */
const EDGE = { begin: 0, sure: 0.4 }
/** Share of the old background's light in a hair that its own sheen may explain. */
const SHEEN = 0.06
/** Share from which a hair is lit by the old background for certain, so that its tint is taken along with the light. */
const LIT = 0.25
const LEAKED = { begin: SHEEN, sure: LIT }
/** Times the brightness of the hair farther in that a hair of the rim keeps at most. */
const BRIGHTEST = 1.5
/** How much brighter than the hair the old background must be, as a share of the brightness of both, to glow. */
const BRIGHTER = { begin: 0.15, sure: 0.45 }
/** Power by which the default of a quarter already takes two thirds, since nobody wants a glow. */
const EARLY = 4

/**
 * @param own the person's own colours, 3 channels, linear light
 * @param alpha the matte, and `hair` the probability of hair: 1 channel, same size
 * @param faceWidth in their pixels
 * @param strength of the retouching, 0 none .. 1
 * @returns null where nothing is to be done: no hair is seen, or the strength is 0
 */
export function hairHalo(
  own: Raster,
  alpha: Raster,
  hair: Raster,
  faceWidth: number,
  strength: number
): HairHalo | null {
  if (strength === 0) return null
  const { width, height } = own
  const depth = Math.max(1, Math.round(DEPTH * faceWidth))
  const inside = boxBlur(boxBlur(alpha, depth), depth).data
  const near = boxBlur(hair, depth).data
  const rim = createRaster(width, height, 1)
  const core = createRaster(width, height, 1)
  const share = 1 - (1 - strength) ** EARLY
  let known = 0
  for (let at = 0; at < rim.data.length; at++) {
    const edge = ramp(1 - (inside[at] ?? 0), EDGE)
    rim.data[at] = share * edge * ramp(near[at] ?? 0, HAIR_NEAR)
    core.data[at] = edge === 0 && (hair.data[at] ?? 0) >= HAIR ? 1 : 0
    known += core.data[at] ?? 0
  }
  if (known === 0) return null
  return { hair: gaussianBlur(fillHoles(own, core), AVERAGED * faceWidth), rim }
}

/**
 * Takes from a colour in the rim what it has of the old background's light, and gives what is left the tint of the hair
 * farther in: means of the background miss the tint of its parts. In place, linear light.
 *
 * @param colour 3 values
 * @param at of the pixel's first value in `hair` and `old`
 * @param rim 0..1
 */
export function calmHalo(colour: Float64Array, hair: Float32Array, old: Float32Array, at: number, rim: number): void {
  const h0 = hair[at] ?? 0
  const h1 = hair[at + 1] ?? 0
  const h2 = hair[at + 2] ?? 0
  const d0 = (old[at] ?? 0) - h0
  const d1 = (old[at + 1] ?? 0) - h1
  const d2 = (old[at + 2] ?? 0) - h2
  const own = luminance(h0, h1, h2)
  const added = luminance(d0, d1, d2)
  if (added <= 0) return
  const bright = ramp(added / (added + 2 * own), BRIGHTER)
  if (bright === 0) return
  const c0 = (colour[0] ?? 0) - h0
  const c1 = (colour[1] ?? 0) - h1
  const c2 = (colour[2] ?? 0) - h2
  const leaked = Math.min(1, (c0 * d0 + c1 * d1 + c2 * d2) / (d0 * d0 + d1 * d1 + d2 * d2))
  if (leaked <= SHEEN) return
  const over = leaked - SHEEN
  const left = luminance(h0 + c0 - over * d0, h1 + c1 - over * d1, h2 + c2 - over * d2)
  const level = Math.min(BRIGHTEST, Math.max(0, left / Math.max(1e-6, own)))
  const taken = rim * bright * ramp(leaked, LEAKED)
  colour[0] = (colour[0] ?? 0) + (h0 * level - (colour[0] ?? 0)) * taken
  colour[1] = (colour[1] ?? 0) + (h1 * level - (colour[1] ?? 0)) * taken
  colour[2] = (colour[2] ?? 0) + (h2 * level - (colour[2] ?? 0)) * taken
}

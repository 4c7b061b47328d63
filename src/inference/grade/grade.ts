import { StudioError } from '../../domain/errors.ts'
import { entryOf } from '../../domain/parameters/parameters.ts'
import { fromOklab, toOklab } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import { type Look, MOOD_LOOKS, NEUTRAL, VIBE_LOOKS } from './looks.ts'

/** A grade ready to be applied to any rows of a picture. */
export interface Grade {
  readonly look: Look
  /** Lightness by steps of `LIGHTNESS_STEPS` from 0 to 1. */
  readonly curve: Float32Array
}

/** Share of the grade that skin is spared: of colour much, of lightness little, or the face would fall out of the light. */
const SPARED = { colour: 0.65, lightness: 0.25 }
/** Chroma beyond which a colour counts as strong and gains no more: the purest sRGB colours have 0.2 to 0.3. */
const STRONG = 0.22
/** Oklab's hue of warm light: from blue (b < 0) to orange, with a little red. */
const WARM = { a: 0.28, b: 0.96 }
/** And of teal, the complement of skin. */
const TEAL = { a: -0.72, b: -0.69 }

/**
 * The grade of a vibe and a mood; words the catalogue does not know grade nothing.
 * @param strength 0..1
 * @returns null where it would change nothing
 */
export function gradeFor(vibe: string, mood: string, strength: number): Grade | null {
  const looks = [lookOf(VIBE_LOOKS, entryOf('vibe', vibe)?.id), lookOf(MOOD_LOOKS, entryOf('mood', mood)?.id)]
  const sum = (name: keyof Look) => strength * looks.reduce((total, look) => total + look[name], 0)
  const look: Look = {
    contrast: sum('contrast'),
    midtones: sum('midtones'),
    fade: sum('fade'),
    saturation: sum('saturation'),
    warmth: sum('warmth'),
    tealShadows: sum('tealShadows')
  }
  if (Object.values(look).every((value) => value === 0)) return null
  return { look, curve: lightnessCurve(look) }
}

function lookOf(looks: Readonly<Record<string, Look>>, id: string | undefined): Look {
  return (id === undefined ? undefined : looks[id]) ?? NEUTRAL
}

const LIGHTNESS_STEPS = 1024

/** Rises everywhere; leaves white where it is and black but for the fade. */
function lightnessCurve(look: Look): Float32Array {
  return Float32Array.from({ length: LIGHTNESS_STEPS + 2 }, (_, step) => {
    const l = Math.min(1, step / LIGHTNESS_STEPS)
    const steep = l + look.contrast * (l * l * (3 - 2 * l) - l)
    const lit = steep + 4 * look.midtones * steep * (1 - steep)
    return look.fade + lit * (1 - look.fade)
  })
}

const lab = new Float64Array(3)

/**
 * Grades a picture in place. Every pixel by itself, so that strips of a picture give the whole.
 * @param skin 1 channel, 0..1, same size: where the colours of the face are spared; null spares nothing
 */
export function applyGrade(picture: Raster, { look, curve }: Grade, skin: Raster | null): void {
  const { data } = picture
  if (skin && skin.data.length * 3 !== data.length) {
    throw new StudioError('internal', 'The skin mask of a grade has another size than the picture.')
  }
  for (let pixel = 0, at = 0; at < data.length; pixel++, at += 3) {
    const isSkin = skin === null ? 0 : (skin.data[pixel] ?? 0)
    toOklab(lab, 0, data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
    const before = lab[0] ?? 0
    const lightness = before + (curved(curve, before) - before) * (1 - SPARED.lightness * isSkin)
    const share = 1 - SPARED.colour * isSkin
    const a = lab[1] ?? 0
    const b = lab[2] ?? 0
    // Chroma goes with lightness, as it does when light is added or taken away.
    const level = before > 1e-4 ? Math.min(2, lightness / before) : 1
    const strong = Math.min(1, Math.sqrt(a * a + b * b) / STRONG)
    const gain = level * (1 + share * look.saturation * (look.saturation > 0 ? 1 - strong : 1))
    // Paper white and deepest black keep no tint.
    const inside = Math.min(1, Math.max(0, lightness))
    const middle = 4 * inside * (1 - inside)
    const warm = share * look.warmth * middle
    const teal = share * look.tealShadows * middle * (1 - inside) ** 2
    fromOklab(data, at, lightness, a * gain + warm * WARM.a + teal * TEAL.a, b * gain + warm * WARM.b + teal * TEAL.b)
  }
}

/** The curve, which goes on straight beyond white. */
function curved(curve: Float32Array, lightness: number): number {
  if (lightness >= 1) return (curve[LIGHTNESS_STEPS] ?? 1) + lightness - 1
  const position = Math.max(0, lightness) * LIGHTNESS_STEPS
  const step = position | 0
  const low = curve[step] ?? 0
  return low + ((curve[step + 1] ?? 0) - low) * (position - step)
}

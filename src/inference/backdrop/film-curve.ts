import type { Raster } from '../pixels/raster.ts'

/** Linear value of the 18 % grey card, which the curve leaves where it is. */
export const MIDDLE_GREY = 0.18

/** Above 1 the backdrop gains depth: dark grows darker and light lighter around middle grey, as film does. */
const CONTRAST = 1.12
/** Where highlights begin to roll off. */
const KNEE = 0.42
/** What the brightest lamp approaches: below paper white, so that hair in front of it keeps its edge. */
const CEILING = 0.965

/** Scene light, 0 and up, to display light, 0..CEILING; rises everywhere, smooth at the knee. */
export function filmCurve(light: number): number {
  return rollOff(MIDDLE_GREY * (Math.max(0, light) / MIDDLE_GREY) ** CONTRAST)
}

/** The highlights of the curve alone: what is below the knee stays as it is. */
export function rollOff(light: number): number {
  if (light <= KNEE) return light
  const room = CEILING - KNEE
  return KNEE + room * (1 - Math.exp((KNEE - light) / room))
}

/** The curve by table over √light: pixel loops cannot pay for its powers. */
const TABLE_END = 16
const STEPS = 8192
const TABLE = Float32Array.from({ length: STEPS + 2 }, (_, step) =>
  filmCurve(((step / STEPS) * Math.sqrt(TABLE_END)) ** 2)
)

/** Multiplies by `gain` and applies the curve to every channel, in place: bright colours pale as they do on film. */
export function developFilm(raster: Raster, gain: number): void {
  const { data } = raster
  for (let at = 0; at < data.length; at++) {
    const light = (data[at] ?? 0) * gain
    if (!(light > 0)) {
      data[at] = 0
      continue
    }
    const position = Math.sqrt(Math.min(light, TABLE_END) / TABLE_END) * STEPS
    const step = position | 0
    const low = TABLE[step] ?? 0
    data[at] = low + ((TABLE[step + 1] ?? 0) - low) * (position - step)
  }
}

import type { RetouchSettings } from '../../domain/retouch-settings.ts'

export type ToneSettings = Pick<RetouchSettings, 'exposure.highlightRecovery' | 'exposure.shadowLift'>

/** At full recovery highlights roll off from here on. */
const LOWEST_KNEE = 0.45
/** Luminance around which shadows are lifted, how far at most, and below which black stays black. */
const LIFTED = { around: 0.12, by: 0.05, black: 0.02 }

/** Luminance of the person, 0 and up, to what is shown of it; rises everywhere and is smooth. */
export function personTone(settings: ToneSettings): (luminance: number) => number {
  const knee = 1 - (1 - LOWEST_KNEE) * settings['exposure.highlightRecovery']
  const room = 1 - knee
  const lift = settings['exposure.shadowLift'] * LIFTED.by
  return (y) => {
    if (y > knee && room > 0) return knee + room * Math.tanh((y - knee) / room)
    return y + lift * (y / (y + LIFTED.black)) * Math.exp(-y / LIFTED.around)
  }
}

const STEPS = 2048
/** Luminance the table ends at; beyond it nothing of a photo lies. */
const END = 4

/** `personTone` over luminance, by table over the root, for pixel loops. */
export function personToneFactor(settings: ToneSettings): (luminance: number) => number {
  const tone = personTone(settings)
  const factors = Float32Array.from({ length: STEPS + 2 }, (_, step) => {
    const y = Math.max(1e-5, END * (step / STEPS) ** 2)
    return tone(y) / y
  })
  return (y) => {
    const position = Math.sqrt(Math.min(END, Math.max(0, y)) / END) * STEPS
    const step = position | 0
    const low = factors[step] ?? 1
    return low + ((factors[step + 1] ?? 1) - low) * (position - step)
  }
}

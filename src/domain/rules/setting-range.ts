import { type RetouchSettingName, retouchSettingsSchema } from '../retouch-settings.ts'

export interface SettingRange {
  readonly min: number
  readonly max: number
}

/** What the engine takes, read from its own schema. */
export function rangeOf(setting: RetouchSettingName): SettingRange {
  const { minValue, maxValue } = retouchSettingsSchema.shape[setting].unwrap()
  return { min: minValue ?? Number.NEGATIVE_INFINITY, max: maxValue ?? Number.POSITIVE_INFINITY }
}

/** Into the range, and to three decimals: more nobody can see, and a report must stay readable. */
export function asSetting(setting: RetouchSettingName, value: number): number {
  const { min, max } = rangeOf(setting)
  return Math.min(max, Math.max(min, Math.round(value * 1000) / 1000))
}

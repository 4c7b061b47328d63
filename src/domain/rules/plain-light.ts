import type { DeliveryProfile } from '../delivery-profile.ts'
import { backdropOf } from '../parameters/parameters.ts'

/** Relative luminance of L* 75 (CIE 15:2018, 8.2.1.1): what is measured of a light background. */
const LIGHT = ((75 + 16) / 116) ** 3

/** Weights of linear sRGB and its transfer function: IEC 61966-2-1. */
const WEIGHTS = [0.2126, 0.7152, 0.0722] as const
const decoded = (byte: number) => (byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4)

/** True where the background ordered is not the plain light one that the purpose needs. */
export function contradictsPurpose(profile: DeliveryProfile, background: string): boolean {
  if (profile.background !== 'plain-light') return false
  const backdrop = backdropOf(background)
  if (backdrop?.kind !== 'plain') return true
  const luminance = WEIGHTS.reduce((sum, weight, channel) => {
    const byte = Number.parseInt(backdrop.colour.slice(1 + 2 * channel, 3 + 2 * channel), 16)
    return sum + weight * decoded(byte)
  }, 0)
  return luminance < LIGHT
}

import type { DeliveryProfile } from '../delivery-profile.ts'
import { backdropOf } from '../parameters/parameters.ts'

/** A plain background at least this light counts as light: mean of its sRGB bytes. */
const LIGHT = 180

/** True where the background ordered is not the plain light one that the purpose needs. */
export function contradictsPurpose(profile: DeliveryProfile, background: string): boolean {
  if (profile.background !== 'plain-light') return false
  const backdrop = backdropOf(background)
  if (backdrop?.kind !== 'plain') return true
  const bytes = [1, 3, 5].map((at) => Number.parseInt(backdrop.colour.slice(at, at + 2), 16))
  return bytes.reduce((sum, byte) => sum + byte, 0) / 3 < LIGHT
}

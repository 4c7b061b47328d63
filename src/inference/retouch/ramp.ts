/** Where a ramp leaves 0 and where it reaches 1. */
export interface Ramp {
  readonly begin: number
  readonly sure: number
}

/** 0 up to `begin`, 1 from `sure` on, even in between. */
export function ramp(value: number, { begin, sure }: Ramp): number {
  return Math.min(1, Math.max(0, (value - begin) / (sure - begin)))
}

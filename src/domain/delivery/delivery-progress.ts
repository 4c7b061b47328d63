/** How far a delivery is: `done` of `total` files or pages, fractions while one is being written. */
export interface DeliveryProgress {
  readonly activity: string
  readonly done: number
  readonly total: number
}

/** Handed to every long call of the delivery. */
export interface DeliveryContext {
  readonly signal: AbortSignal
  readonly onProgress: (progress: DeliveryProgress) => void
}

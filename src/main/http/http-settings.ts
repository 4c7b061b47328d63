/** What a server takes and how long it waits. */
export interface HttpSettings {
  /** Bytes of a body that is no upload. */
  readonly bodyBytes: number
  /** Milliseconds for the headers, and for a whole request that is no upload. */
  readonly headersMs: number
  readonly requestMs: number
  /** Milliseconds that a connection may rest between two requests. */
  readonly keepAliveMs: number
  /** Milliseconds that a close waits for requests at work. */
  readonly closeMs: number
}

export const HTTP_SETTINGS: HttpSettings = {
  bodyBytes: 1024 ** 2,
  headersMs: 20_000,
  // Some 150 MB over a slow wireless network.
  requestMs: 15 * 60_000,
  keepAliveMs: 72_000,
  closeMs: 5_000
}

/** How long a Flux server may take and how much it may send. Times in milliseconds. */
export interface RemoteFluxLimits {
  /** From the request to a connection. */
  readonly connectMs: number
  /** From the request to the end of the answer, waiting in the server's own queue included. */
  readonly totalMs: number
  /** Bytes of one answer. */
  readonly answerBytes: number
  /** Times a request is sent in all when a server cannot be reached, is overloaded or breaks off. */
  readonly tries: number
  /** The first wait before another try; doubled, with chance in it, up to the longest. */
  readonly retryMs: { readonly first: number; readonly longest: number }
  /** Failures in a row after which a server is left alone, and for how long. */
  readonly breaker: { readonly failures: number; readonly restMs: number }
}

/** FLUX.1-dev takes a quarter of an hour for a picture on eight processors; a PNG of 4 megapixels in base64 is 16 MB. */
export const REMOTE_FLUX_LIMITS: RemoteFluxLimits = {
  connectMs: 5_000,
  totalMs: 30 * 60_000,
  answerBytes: 96 * 1024 ** 2,
  tries: 3,
  retryMs: { first: 500, longest: 8_000 },
  breaker: { failures: 4, restMs: 5_000 }
}

/** What a server takes and how long it waits. */
export interface HttpSettings {
  /** Bytes of a body that is no upload. */
  readonly bodyBytes: number
  /** Bytes of one uploaded photo. */
  readonly photoBytes: number
  /** Photos of one order. */
  readonly photos: number
  /** Milliseconds without a byte after which an upload is given up. */
  readonly stallMs: number
  /** Jobs that may wait: more are refused with 429. */
  readonly queueLength: number
  /** Of each caller, 0 for no limit; null leaves it to where the server listens: on loopback there is none. */
  readonly requestsPerMinute: number | null
  /** Webhooks may lie in private networks. */
  readonly privateWebhooks: boolean
  /** Milliseconds for the headers, and for a whole request, uploads included. */
  readonly headersMs: number
  readonly requestMs: number
  /** Milliseconds that a connection may rest between two requests. */
  readonly keepAliveMs: number
  /** Milliseconds that a close waits for requests at work. */
  readonly closeMs: number
}

export const HTTP_SETTINGS: HttpSettings = {
  bodyBytes: 1024 ** 2,
  // Raw files of the largest cameras; 16-bit TIFF of 40 megapixels.
  photoBytes: 256 * 1024 ** 2,
  photos: 16,
  stallMs: 30_000,
  queueLength: 10_000,
  requestsPerMinute: null,
  privateWebhooks: false,
  headersMs: 20_000,
  // Some 150 MB over a slow wireless network.
  requestMs: 15 * 60_000,
  keepAliveMs: 72_000,
  closeMs: 5_000
}

/** Of each caller where others than this machine reach the server, unless it is set: a status read every 50 ms. */
export const REMOTE_REQUESTS_PER_MINUTE = 1_200

import { SPARE_DISK } from '../../../domain/models/model-fit.ts'
import { PATIENT, type RetryPolicy } from '../hub/retry.ts'

/** How a download behaves; tests have less patience. */
export interface DownloadSettings {
  /** Pieces of one model that are fetched at once. */
  readonly connections: number
  /** The longest piece that is asked for at once. */
  readonly pieceBytes: number
  /** How long a server may say nothing before the connection counts as broken, ms. */
  readonly silenceMs: number
  readonly policy: RetryPolicy
  /** What is left free on the drive, bytes. */
  readonly spareDisk: number
}

export const DOWNLOAD_SETTINGS: DownloadSettings = {
  connections: 4,
  pieceBytes: 64 * 1024 ** 2,
  silenceMs: 30_000,
  policy: PATIENT,
  spareDisk: SPARE_DISK
}

import type { ProofingPick } from './proofing.ts'

/** Says what a file of picks is. */
export const PROOFING_KIND = 'apex-proofing-picks'

/** One picture of a bundle, as its page shows it. */
export interface ProofingPicture {
  readonly jobId: string
  readonly attempt: number | null
  /** Number the client and the photographer speak of, from 1. */
  readonly number: number
  readonly name: string
  /** Relative address or data URI. */
  readonly src: string
  readonly thumbnail: string
  /** Of the large picture, pixels. */
  readonly width: number
  readonly height: number
}

/** What the page of a bundle is told. */
export interface ProofingBundle {
  readonly bundleId: string
  readonly title: string
  /** Shown beside the title, e.g. the studio's name. */
  readonly from: string
  /** A line to the client. */
  readonly message: string
  readonly pictures: readonly ProofingPicture[]
}

/** What a client thinks of a picture. */
export type ProofingMark = Pick<ProofingPick, 'flag' | 'stars' | 'comment'>

/** Where the page finds its bundle. */
export const BUNDLE_ELEMENT = 'bundle'

declare module 'heic-decode' {
  interface DecodedHeic {
    readonly width: number
    readonly height: number
    /** RGBA, 8 bits. */
    readonly data: Uint8ClampedArray
  }
  /** Decodes the first picture, upright. */
  export default function decode(options: { buffer: Uint8Array }): Promise<DecodedHeic>
}

/** The part of lcms-wasm that is used; Little CMS itself: https://www.littlecms.com/LittleCMS2.16%20API.pdf */
declare module 'lcms-wasm' {
  /** Addresses in the module's memory; 0 where the call failed. */
  type Handle = number

  interface LittleCms {
    readonly HEAPU8: Uint8Array
    _malloc(bytes: number): number
    _free(address: number): void
    ccall(
      name: 'cmsOpenProfileFromMem',
      returns: 'number',
      takes: readonly ['number', 'number'],
      values: readonly [number, number]
    ): Handle
    cmsCloseProfile(profile: Handle): void
    cmsCreateXYZProfile(): Handle
    cmsGetProfileInfoASCII(profile: Handle, info: number, language: string, country: string): string
    cmsGetColorSpaceASCII(profile: Handle): string | null
    cmsCreateTransform(
      from: Handle,
      fromFormat: number,
      to: Handle,
      toFormat: number,
      intent: number,
      flags: number
    ): Handle
    cmsDeleteTransform(transform: Handle): void
    cmsDoTransform(transform: Handle, values: Float32Array, pixels: number): Float32Array
  }

  export function instantiate(): Promise<LittleCms>
  export const cmsInfoDescription: number
  export const INTENT_RELATIVE_COLORIMETRIC: number
  export const cmsFLAGS_NOOPTIMIZE: number
  export const cmsFLAGS_NOCACHE: number
  export const cmsFLAGS_BLACKPOINTCOMPENSATION: number
  export const FLOAT_SH: (on: number) => number
  export const COLORSPACE_SH: (space: number) => number
  export const CHANNELS_SH: (count: number) => number
  export const BYTES_SH: (bytes: number) => number
  export const PT_GRAY: number
  export const PT_RGB: number
  export const PT_CMYK: number
  export const PT_XYZ: number
}

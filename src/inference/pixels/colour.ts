/** Colour as the pixel code sees it; everything starts from linear Rec. 2020 (see raster.ts). */
export { deltaE2000, type Lab, labD50, labD65 } from './cie-lab.ts'
export { fromOklab, rasterToOklab, toOklab } from './oklab.ts'
export {
  applyMatrix,
  invertMatrix,
  luminance,
  type Matrix3,
  multiplyMatrices,
  REC2020_TO_P3,
  REC2020_TO_SRGB,
  SRGB_TO_REC2020,
  XYZ_TO_REC2020
} from './rgb-spaces.ts'
export { fromSrgbBytes, toSrgbBytes } from './srgb-bytes.ts'
export { SRGB_8_TO_LINEAR, srgbDecode, srgbDecodeClipped, srgbEncode, srgbEncodeClipped } from './transfer.ts'

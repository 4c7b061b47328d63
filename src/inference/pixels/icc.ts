import {
  BYTES_SH,
  CHANNELS_SH,
  COLORSPACE_SH,
  cmsFLAGS_BLACKPOINTCOMPENSATION,
  cmsFLAGS_NOCACHE,
  cmsFLAGS_NOOPTIMIZE,
  cmsInfoDescription,
  FLOAT_SH,
  INTENT_RELATIVE_COLORIMETRIC,
  instantiate,
  PT_CMYK,
  PT_GRAY,
  PT_RGB,
  PT_XYZ
} from 'lcms-wasm'
import { applyMatrix, PCS_TO_REC2020 } from './rgb-spaces.ts'

const SPACES = {
  GRAY: { type: PT_GRAY, channels: 1, full: 1 },
  RGB: { type: PT_RGB, channels: 3, full: 1 },
  // Little CMS counts ink in percent when it counts in floats.
  CMYK: { type: PT_CMYK, channels: 4, full: 100 }
} as const
export type DeviceSpace = keyof typeof SPACES

/** An ICC profile that is ready to turn device values into working colour. Close it: its memory is not collected. */
export interface IccProfile {
  readonly description: string
  readonly space: DeviceSpace
  readonly channels: number
  /** Device values 0..1, interleaved, to linear Rec. 2020; relative colorimetric with black point compensation. */
  toWorking(values: Float32Array): Float32Array
  close(): void
}

const floats = (type: number, channels: number) =>
  FLOAT_SH(1) | COLORSPACE_SH(type) | CHANNELS_SH(channels) | BYTES_SH(4)

let loading: ReturnType<typeof instantiate> | null = null

/** Opens a profile, or null where it is broken or of a device space that photos do not come in. */
export async function openProfile(bytes: Uint8Array): Promise<IccProfile | null> {
  loading ??= instantiate()
  const lcms = await loading
  const address = lcms._malloc(bytes.length)
  lcms.HEAPU8.set(bytes, address)
  const profile = lcms.ccall('cmsOpenProfileFromMem', 'number', ['number', 'number'], [address, bytes.length])
  lcms._free(address)
  if (profile === 0) return null

  const space = lcms.cmsGetColorSpaceASCII(profile)
  const connection = lcms.cmsCreateXYZProfile()
  const device = space === 'RGB' || space === 'GRAY' || space === 'CMYK' ? SPACES[space] : null
  const flags = cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE | cmsFLAGS_BLACKPOINTCOMPENSATION
  const transform =
    device &&
    lcms.cmsCreateTransform(
      profile,
      floats(device.type, device.channels),
      connection,
      floats(PT_XYZ, 3),
      INTENT_RELATIVE_COLORIMETRIC,
      flags
    )
  const description = lcms.cmsGetProfileInfoASCII(profile, cmsInfoDescription, 'en', 'US').trim()
  lcms.cmsCloseProfile(profile)
  lcms.cmsCloseProfile(connection)
  if (!device || !transform || !isDeviceSpace(space)) return null
  return {
    description,
    space,
    channels: device.channels,
    toWorking(values) {
      const scaled = device.full === 1 ? values : values.map((value) => value * device.full)
      const working = lcms.cmsDoTransform(transform, scaled, values.length / device.channels)
      applyMatrix(working, PCS_TO_REC2020)
      return working
    },
    close: () => lcms.cmsDeleteTransform(transform)
  }
}

function isDeviceSpace(space: string | null): space is DeviceSpace {
  return space !== null && space in SPACES
}

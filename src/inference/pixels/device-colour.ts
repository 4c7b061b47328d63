import { StudioError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'
import { type DeviceSpace, type IccProfile, openProfile } from './icc.ts'
import { type Matrix3, SRGB_TO_REC2020 } from './rgb-spaces.ts'
import { srgbDecode } from './transfer.ts'

/** Sample values as decoded from a file: 0..255 or 0..65535. */
export type Samples = Uint8Array | Uint16Array

/** What a file's sample values mean, as a way to linear Rec. 2020. */
export interface DeviceColour {
  /**
   * Converts `pixels` pixels of `stride` samples each into `target` (3 values a pixel).
   * Samples beyond the device's own channels, such as alpha, are skipped.
   */
  convert(samples: Samples, stride: number, pixels: number, target: Float32Array): void
  close(): void
}

/** The largest sample value of 8- and 16-bit data. */
export const fullScale = (samples: Samples) => (samples instanceof Uint8Array ? 255 : 65535)

/** Values without a profile: sRGB, as every browser and editor assumes. `channels` is 1 or 3. */
export function assumedSrgb(channels: number, bits: 8 | 16): DeviceColour {
  const curve = tabulate(bits, srgbDecode)
  return channels === 1 ? greyColour(curve) : matrixColour([curve, curve, curve], SRGB_TO_REC2020)
}

/**
 * The colour of an embedded profile for samples of `space`. Profiles that are three curves and a matrix, as cameras and
 * editors embed, become tables; others (CMYK, scanners) go through Little CMS pixel by pixel.
 *
 * @throws StudioError `image-damaged` when the profile is broken or for another space
 */
export async function profiledColour(icc: Uint8Array, space: DeviceSpace, bits: 8 | 16): Promise<DeviceColour> {
  const profile = await openProfile(icc)
  if (profile?.space !== space) {
    profile?.close()
    throw new StudioError('image-damaged', say('error-colour-profile'))
  }
  const tables = tablesOf(profile, bits)
  if (tables === null) return throughLittleCms(profile)
  profile.close()
  return tables
}

function tabulate(bits: 8 | 16, curve: (value: number) => number): Float32Array {
  const full = 2 ** bits - 1
  return Float32Array.from({ length: full + 1 }, (_, code) => curve(code / full))
}

function tablesOf(profile: IccProfile, bits: 8 | 16): DeviceColour | null {
  switch (profile.space) {
    case 'GRAY': {
      const working = profile.toWorking(tabulate(bits, (value) => value))
      return greyColour(working.filter((_, at) => at % 3 === 1))
    }
    case 'RGB':
      return matrixTables(profile, bits)
    case 'CMYK':
      return null
  }
}

/** Probes that a matrix profile must reproduce; within the gamut, away from the corners the matrix is taken from. */
const PROBES = [
  [0.8, 0.6, 0.5],
  [0.3, 0.5, 0.7],
  [0.5, 0.5, 0.5],
  [0.15, 0.1, 0.2],
  [0.6, 0.75, 0.3]
] as const
/** Of linear light; tables must agree with Little CMS to a sixteenth of an 8-bit step in mid grey. */
const AGREEMENT = 3e-4

function matrixTables(profile: IccProfile, bits: 8 | 16): DeviceColour | null {
  const [black, white] = [profile.toWorking(Float32Array.of(0, 0, 0)), profile.toWorking(Float32Array.of(1, 1, 1))]
  if (black.some((value) => Math.abs(value) > AGREEMENT)) return null
  const red = responseOf(profile, bits, 0, white)
  const green = responseOf(profile, bits, 1, white)
  const blue = responseOf(profile, bits, 2, white)
  if (!red || !green || !blue) return null
  const [a, d, g] = red.column
  const [b, e, h] = green.column
  const [c, f, i] = blue.column
  const curves = [red.curve, green.curve, blue.curve] as const
  const candidate = matrixColour(curves, [a, b, c, d, e, f, g, h, i])
  return agrees(profile, candidate, bits) ? candidate : null
}

/**
 * Column of the matrix and curve of one channel, or null where it gives no light. Measured downwards from white: on its
 * own a saturated primary can leave the positive octant of XYZ, where Little CMS clips.
 */
function responseOf(profile: IccProfile, bits: 8 | 16, channel: 0 | 1 | 2, white: Float32Array) {
  const full = 2 ** bits - 1
  const ramp = new Float32Array((full + 1) * 3).fill(1)
  for (let code = 0; code <= full; code++) ramp[3 * code + channel] = code / full
  const working = profile.toWorking(ramp)
  const column = [0, 1, 2].map((row) => (white[row] ?? 0) - (working[row] ?? 0))
  const [x = 0, y = 0, z = 0] = column
  const share = column[channel] ?? 0
  if (!(share > 0)) return null
  const curve = Float32Array.from(
    { length: full + 1 },
    (_, code) => 1 - ((white[channel] ?? 0) - (working[3 * code + channel] ?? 0)) / share
  )
  return { column: [x, y, z] as const, curve }
}

function agrees(profile: IccProfile, candidate: DeviceColour, bits: 8 | 16): boolean {
  const full = 2 ** bits - 1
  const codes = PROBES.flatMap((probe) => probe.map((value) => Math.round(value * full)))
  const samples = bits === 8 ? Uint8Array.from(codes) : Uint16Array.from(codes)
  const expected = profile.toWorking(Float32Array.from(codes, (code) => code / full))
  const made = new Float32Array(expected.length)
  candidate.convert(samples, 3, PROBES.length, made)
  return made.every((value, at) => Math.abs(value - (expected[at] ?? 0)) < AGREEMENT)
}

function matrixColour(
  [red, green, blue]: readonly [Float32Array, Float32Array, Float32Array],
  [a, b, c, d, e, f, g, h, i]: Matrix3
): DeviceColour {
  return {
    convert(samples, stride, pixels, target) {
      for (let pixel = 0, at = 0, to = 0; pixel < pixels; pixel++, at += stride, to += 3) {
        const x = red[samples[at] ?? 0] ?? 0
        const y = green[samples[at + 1] ?? 0] ?? 0
        const z = blue[samples[at + 2] ?? 0] ?? 0
        target[to] = a * x + b * y + c * z
        target[to + 1] = d * x + e * y + f * z
        target[to + 2] = g * x + h * y + i * z
      }
    },
    close: () => undefined
  }
}

function greyColour(curve: Float32Array): DeviceColour {
  return {
    convert(samples, stride, pixels, target) {
      for (let pixel = 0, at = 0, to = 0; pixel < pixels; pixel++, at += stride, to += 3) {
        const value = curve[samples[at] ?? 0] ?? 0
        target[to] = value
        target[to + 1] = value
        target[to + 2] = value
      }
    },
    close: () => undefined
  }
}

/** Pixels handed to Little CMS at a time. */
const CHUNK = 65_536

function throughLittleCms(profile: IccProfile): DeviceColour {
  const { channels } = profile
  return {
    convert(samples, stride, pixels, target) {
      const scale = 1 / fullScale(samples)
      for (let done = 0; done < pixels; done += CHUNK) {
        const count = Math.min(CHUNK, pixels - done)
        const values = new Float32Array(count * channels)
        for (let pixel = 0, to = 0; pixel < count; pixel++) {
          const at = (done + pixel) * stride
          for (let channel = 0; channel < channels; channel++) values[to++] = (samples[at + channel] ?? 0) * scale
        }
        target.set(profile.toWorking(values), done * 3)
      }
    },
    close: () => profile.close()
  }
}

import { StudioError } from '../../domain/errors.ts'
import type { Size } from '../../domain/geometry.ts'
import { primariesOf } from '../pixels/chromaticities.ts'
import type { Raster } from '../pixels/raster.ts'
import {
  applyMatrix,
  multiplyMatrices,
  type RgbPrimaries,
  rgbToXyz,
  SRGB,
  XYZ_TO_REC2020
} from '../pixels/rgb-spaces.ts'
import { AreaReducer } from './area-reducer.ts'
import { mendLight } from './scene-light.ts'

/**
 * Reader of Radiance pictures (.hdr, .pic): Greg Ward, "Real Pixels", Graphics Gems II, 1991, and
 * https://www.radiance-online.org/cgi-bin/viewcvs.cgi/ray/src/common/color.c for run lengths and rounding.
 * The built-in places are kept in this format with their PRIMARIES declared, and a photographer's own panoramas
 * arrive in it.
 */

/** Largest picture read, pixels: a 16k panorama. */
const MAX_PIXELS = 16384 * 8192
/** Header of a Radiance picture: a few short lines; anything longer is not one. */
const MAX_HEADER = 64 * 1024

interface Header {
  readonly width: number
  readonly height: number
  readonly primaries: RgbPrimaries
  /** Product of the EXPOSURE lines, by which stored values were multiplied. */
  readonly exposure: number
  /** Offset of the first scanline. */
  readonly body: number
}

export function isRadiance(bytes: Uint8Array): boolean {
  return bytes[0] === 0x23 && bytes[1] === 0x3f // "#?"
}

/**
 * @param sizeOf the size to make it smaller to while it is read; its own where this is left out
 * @throws StudioError `image-damaged`, `file-unsupported`, `image-too-large`.
 */
export function parseRadiance(bytes: Uint8Array, sizeOf: (stored: Size) => Size = (stored) => stored): Raster {
  const header = parseHeader(bytes)
  const { width, height } = header
  const reducer = new AreaReducer(header, sizeOf(header))
  const line = new Uint8Array(width * 4)
  const row = new Float32Array(width * 3)
  let at = header.body
  for (let y = 0; y < height; y++) {
    at = readScanline(bytes, at, line, width)
    decodeScanline(line, row, 1 / header.exposure)
    mendLight(row)
    reducer.add(row)
  }
  const raster = reducer.picture
  applyMatrix(raster.data, multiplyMatrices(XYZ_TO_REC2020, rgbToXyz(header.primaries)))
  // Saturated colours of a wider space may fall outside Rec. 2020; light is never negative.
  for (let i = 0; i < raster.data.length; i++) raster.data[i] = Math.max(0, raster.data[i] ?? 0)
  return raster
}

function damaged(message: string): StudioError {
  return new StudioError('image-damaged', `The Radiance picture is damaged: ${message}.`)
}

function parseHeader(bytes: Uint8Array): Header {
  if (!isRadiance(bytes)) throw damaged('it does not begin with "#?"')
  const lines: string[] = []
  let at = 0
  // The header ends with an empty line; the line after it gives the size.
  for (let isSize = false; ; ) {
    const end = bytes.indexOf(0x0a, at)
    if (end < 0 || end > MAX_HEADER) throw damaged('its header has no end')
    const line = String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 1024))).trim()
    at = end + 1
    if (isSize) return { ...parseSize(line), ...parseVariables(lines), body: at }
    if (line === '') isSize = true
    else lines.push(line)
  }
}

function parseSize(line: string): { width: number; height: number } {
  const [, rows, columns] = /^-Y (\d{1,6}) \+X (\d{1,6})$/.exec(line) ?? []
  if (rows === undefined || columns === undefined) {
    throw new StudioError(
      'file-unsupported',
      `A Radiance picture with the layout "${line.slice(0, 40)}" is not read.`,
      {
        hint: 'Save it with rows from the top and columns from the left (-Y … +X …).'
      }
    )
  }
  const [width, height] = [Number(columns), Number(rows)]
  if (width < 1 || height < 1) throw damaged('it has no pixels')
  if (width * height > MAX_PIXELS) {
    throw new StudioError('image-too-large', `A panorama of ${width}×${height} pixels is too large.`, {
      hint: 'Save the panorama at 16384×8192 pixels or less.'
    })
  }
  return { width, height }
}

function parseVariables(lines: readonly string[]): { primaries: RgbPrimaries; exposure: number } {
  let exposure = 1
  // Pictures without PRIMARIES are in practice sRGB's, not those of color.h.
  let primaries = SRGB
  for (const line of lines) {
    const [, name, value = ''] = /^([A-Z]+)=\s*(.*)$/.exec(line) ?? []
    const numbers = value.split(/\s+/).map(Number)
    if (name === 'FORMAT' && value !== '32-bit_rle_rgbe') {
      throw new StudioError(
        'file-unsupported',
        `Radiance pictures of the format "${value.slice(0, 40)}" are not read.`,
        {
          hint: 'Save the panorama as RGBE (32-bit_rle_rgbe).'
        }
      )
    }
    if (name === 'EXPOSURE') exposure *= numbers[0] ?? Number.NaN
    if (name === 'PRIMARIES') primaries = parsePrimaries(numbers)
  }
  if (!(exposure > 1e-6 && exposure < 1e6)) throw damaged('its exposure is not a positive number')
  return { primaries, exposure }
}

function parsePrimaries(numbers: readonly number[]): RgbPrimaries {
  const primaries = primariesOf(numbers)
  if (primaries === null) throw damaged('its primaries are not eight chromaticities')
  return primaries
}

/** Fills `line` with interleaved RGBE; returns the offset after the scanline. */
function readScanline(bytes: Uint8Array, at: number, line: Uint8Array, width: number): number {
  const isRunLength = width >= 8 && width <= 0x7fff && bytes[at] === 2 && bytes[at + 1] === 2
  if (!isRunLength) return readOldScanline(bytes, at, line, width)
  if ((((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) !== width) throw damaged('a row has the wrong width')
  let from = at + 4
  for (let component = 0; component < 4; component++) {
    for (let x = 0; x < width; ) {
      const code = bytes[from++]
      if (code === undefined) throw damaged('it ends too early')
      const count = code > 128 ? code - 128 : code
      if (count === 0 || x + count > width) throw damaged('a run is longer than its row')
      if (from + (code > 128 ? 1 : count) > bytes.length) throw damaged('it ends too early')
      for (let i = 0; i < count; i++) line[4 * (x + i) + component] = bytes[code > 128 ? from : from + i] ?? 0
      from += code > 128 ? 1 : count
      x += count
    }
  }
  return from
}

/** Pixels as they are; 1 1 1 n repeats the pixel before n times, and repeats in a row are digits of one number. */
function readOldScanline(bytes: Uint8Array, at: number, line: Uint8Array, width: number): number {
  let from = at
  let shift = 0
  for (let x = 0; x < width; from += 4) {
    if (from + 4 > bytes.length) throw damaged('it ends too early')
    const pixel = bytes.subarray(from, from + 4)
    const isRepeat = pixel[0] === 1 && pixel[1] === 1 && pixel[2] === 1
    if (!isRepeat) {
      line.set(pixel, 4 * x++)
      shift = 0
      continue
    }
    const count = (pixel[3] ?? 0) << shift
    if (x === 0 || shift > 16 || x + count > width) throw damaged('a run is longer than its row')
    for (let i = 0; i < count; i++, x++) line.copyWithin(4 * x, 4 * (x - 1), 4 * x)
    shift += 8
  }
  return from
}

/** Mantissas are truncated on writing, so half a step is added back (color.c, colr_color). */
function decodeScanline(line: Uint8Array, target: Float32Array, gain: number): void {
  for (let from = 0, at = 0; from < line.length; from += 4, at += 3) {
    const exponent = line[from + 3] ?? 0
    const scale = exponent === 0 ? 0 : gain * 2 ** (exponent - (128 + 8))
    target[at] = ((line[from] ?? 0) + 0.5) * scale
    target[at + 1] = ((line[from + 1] ?? 0) + 0.5) * scale
    target[at + 2] = ((line[from + 2] ?? 0) + 0.5) * scale
  }
}

import { StudioError } from '../../domain/errors.ts'

/**
 * A picture in memory: 32-bit floats, interleaved, row by row from the top left.
 *
 * With 3 channels the values are linear light in Rec. 2020 primaries with a D65 white (ITU-R BT.2020-2), 1 being the
 * photo's white; they may leave 0..1 until a file is encoded. With 1 channel they are a mask or a matte, 0..1.
 */
export interface Raster {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  /** width × height × channels values. */
  readonly data: Float32Array
}

export function createRaster(width: number, height: number, channels: 1 | 3): Raster {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new StudioError('internal', `A raster of ${width}×${height} pixels cannot be made.`)
  }
  return { width, height, channels, data: new Float32Array(width * height * channels) }
}

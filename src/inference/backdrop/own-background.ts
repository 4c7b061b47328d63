import type { Size } from '../../domain/geometry.ts'
import { boxBlur } from '../pixels/blur.ts'
import { fillHoles } from '../pixels/pull-push.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { discBlur } from './disc-blur.ts'
import { nominalWidth } from './frame.ts'
import { pressHighlights, stretchHighlights } from './highlights.ts'

/** The photo as it lies in the frame, and the person in it. Both may be smaller or larger than the picture asked for. */
export interface PhotoInFrame {
  /** NaN where the frame reaches beyond the photo. */
  readonly raster: Raster
  /** 1 channel, 0..1, same size. */
  readonly matte: Raster
}

/** Longer edge at which the background is filled and thrown out of focus. */
const WORKING_EDGE = 512
/** Pixels at that size around the person that still carry the person's colour: the photo's own blur and hair. */
const HALO = 3
/**
 * The photo's own background: what the person hides is filled in from around, then everything is thrown out of focus.
 * A photo's highlights are clipped; they are stretched before the defocus and pressed back after it, so that they turn
 * into discs as those of a lens do.
 */
export function renderOwnBackground(photo: PhotoInFrame, size: Size, defocus: number, gain: number): Raster {
  const scale = Math.min(1, WORKING_EDGE / Math.max(size.width, size.height))
  const width = Math.max(1, Math.round(size.width * scale))
  const height = Math.max(1, Math.round(size.height * scale))
  const small = resize(photo.raster, width, height, 'area')
  const weights = certainBackground(resize(photo.matte, width, height, 'area'))
  dropUnseen(small, weights)
  const filled = fillHoles(small, weights)
  const radius = defocus * nominalWidth({ width, height })
  const margin = Math.ceil(radius) + 1
  const light = extendEdges(filled, margin)
  stretchHighlights(light)
  const blurred = discBlur(light, margin, () => radius)
  pressHighlights(blurred, gain)
  return resize(blurred, size.width, size.height, 'cubic')
}

/** 1 where only background is seen, 0 on the person and the halo. */
function certainBackground(matte: Raster): Raster {
  const spread = boxBlur(matte, HALO)
  const weights = createRaster(matte.width, matte.height, 1)
  for (let at = 0; at < weights.data.length; at++) {
    const covered = Math.max(matte.data[at] ?? 0, spread.data[at] ?? 0)
    weights.data[at] = Math.max(0, 1 - 12 * covered)
  }
  return weights
}

/** What the photo does not reach is filled like what the person hides. */
function dropUnseen(picture: Raster, weights: Raster): void {
  const { data } = picture
  for (let pixel = 0, at = 0; pixel < weights.data.length; pixel++, at += 3) {
    if (!Number.isNaN((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0))) continue
    data.fill(0, at, at + 3)
    weights.data[pixel] = 0
  }
}

/** The picture with its edges repeated `margin` pixels outwards. */
export function extendEdges(raster: Raster, margin: number): Raster {
  const { width, height, channels, data } = raster
  const extended = createRaster(width + 2 * margin, height + 2 * margin, channels)
  for (let y = 0, to = 0; y < extended.height; y++) {
    const row = Math.min(Math.max(y - margin, 0), height - 1) * width
    for (let x = 0; x < extended.width; x++) {
      const from = (row + Math.min(Math.max(x - margin, 0), width - 1)) * channels
      for (let c = 0; c < channels; c++) extended.data[to++] = data[from + c] ?? 0
    }
  }
  return extended
}

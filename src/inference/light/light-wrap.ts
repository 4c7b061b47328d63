import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import { gaussianBlur } from '../pixels/blur.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'

/**
 * Light of the backdrop that comes round the person's edge: person · (1 − amount) + light. Both maps are smooth, may
 * be enlarged to any size, and hold where the matte is anything but 0.
 */
export interface LightWrap {
  /** 1 channel, 0..1: how far the person's own light gives way. */
  readonly amount: Raster
  /** 3 channels: what is added, already multiplied by the amount. */
  readonly light: Raster
}

/** Longer edge of the maps: the wrap is as soft as the defocus. */
const MAP_EDGE = 512
/** Widths of the frame over which the light comes round, and over which it is gathered. */
const REACH = 0.006
const GATHER = 0.03
/**
 * Most of the person's light that gives way, at a setting of 1, in front of a backdrop as bright as white. On black hair
 * twice as much already reads as a pasted glow.
 */
const MOST = 0.16
/** Luminance of the backdrop at which half of that is reached: a dark wall wraps nothing. */
const HALF = 0.35

/**
 * @param matte 1 channel, 0..1
 * @param backdrop display light, same shape of frame, any size
 * @returns maps of at most 512 pixels on the longer edge
 */
export function lightWrap(matte: Raster, backdrop: Raster, settings: Pick<RetouchSettings, 'light.wrap'>): LightWrap {
  const scale = Math.min(1, MAP_EDGE / Math.max(matte.width, matte.height))
  const width = Math.max(1, Math.round(matte.width * scale))
  const height = Math.max(1, Math.round(matte.height * scale))
  const within = gaussianBlur(resize(matte, width, height, 'area'), REACH * width)
  const light = gaussianBlur(resize(backdrop, width, height, 'area'), GATHER * width)
  const amount = createRaster(width, height, 1)
  for (let pixel = 0; pixel < amount.data.length; pixel++) {
    const at = 3 * pixel
    const y = luminance(light.data[at] ?? 0, light.data[at + 1] ?? 0, light.data[at + 2] ?? 0)
    const brightness = y / (y + HALF)
    // Half the blurred matte is the outline itself; inside it rises to 1.
    const edge = Math.min(1, Math.max(0, 2 * (1 - (within.data[pixel] ?? 0))))
    const share = MOST * settings['light.wrap'] * brightness * edge * edge * (3 - 2 * edge)
    amount.data[pixel] = share
    for (let c = 0; c < 3; c++) light.data[at + c] = (light.data[at + c] ?? 0) * share
  }
  return { amount, light }
}

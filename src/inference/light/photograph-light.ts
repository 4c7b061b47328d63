import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { addLight, darkness, type EnvironmentLight } from './spherical-harmonics.ts'

/** Columns of the small copy the light is read from; nine harmonics hold no more. */
const COLUMNS = 48
/** Rings of directions from one side to the other, twice as many around. */
const RINGS = 32

/**
 * The light of a place of which only a photo is known. What the photo shows is bent over the half of the sphere behind
 * the person, and mirrored to the half before them (Khan, Reinhard, Fleming and Bülthoff, "Image-based material
 * editing", SIGGRAPH 2006): a window at the left lights from the left, a sky from above, and what is brightest sets the
 * direction. What stood behind the camera is not known, so there is as much light from the front as from behind.
 *
 * @param photo linear Rec. 2020 of the whole photo, its highlights unclipped as far as they are known
 */
export function photographLight(photo: Raster): EnvironmentLight {
  const rows = Math.max(1, Math.round((COLUMNS * photo.height) / photo.width))
  const { data, width, height } = resize(photo, Math.min(COLUMNS, photo.width), Math.min(rows, photo.height), 'area')
  const light = darkness()
  for (let ring = 0; ring < RINGS; ring++) {
    const polar = ((ring + 0.5) * Math.PI) / RINGS
    // Rings around the camera's axis; the solid angle of a step on them.
    const [z, radius] = [Math.cos(polar), Math.sin(polar)]
    const solidAngle = (radius * Math.PI * 2 * Math.PI) / (RINGS * 2 * RINGS)
    for (let around = 0; around < 2 * RINGS; around++) {
      const angle = ((around + 0.5) * Math.PI) / RINGS
      const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)]
      const column = Math.min(width - 1, Math.floor(((x + 1) / 2) * width))
      const row = Math.min(height - 1, Math.floor(((1 - y) / 2) * height))
      const at = 3 * (row * width + column)
      addLight(light, [x, y, z], [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0], solidAngle)
    }
  }
  return light
}

import { createRaster, type Raster } from './raster.ts'

/** Pictures for tests: linear light of four patches, linear Rec. 2020, inside Display P3. sRGB cannot hold the first two. */
export const PATCHES = [
  [0.605, 0.046, 0.019],
  [0.157, 0.662, 0.061],
  [0.061, 0.056, 0.588],
  [0.532, 0.362, 0.252]
] as const

/** The patches as a two by two chart, lightest last; different in every corner, so that a wrong turn shows. */
export function patchChart(width: number, height: number): Raster {
  const raster = createRaster(width, height, 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      raster.data.set(PATCHES[cornerOf(x, y, width, height)] ?? [], at)
    }
  }
  return raster
}

const cornerOf = (x: number, y: number, width: number, height: number) =>
  (y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)

/** Mean colour in the middle of each quarter of a picture, in the order of the chart. */
export function readPatches({ width, height, data }: Raster): [number, number, number][] {
  return PATCHES.map((_, corner) => {
    const [left, top] = [
      Math.round(width * (corner % 2 === 0 ? 0.25 : 0.75)),
      Math.round(height * (corner < 2 ? 0.25 : 0.75))
    ]
    const sum: [number, number, number] = [0, 0, 0]
    for (let y = top - 2; y < top + 2; y++) {
      for (let x = left - 2; x < left + 2; x++) {
        const at = (y * width + x) * 3
        sum[0] += (data[at] ?? 0) / 16
        sum[1] += (data[at + 1] ?? 0) / 16
        sum[2] += (data[at + 2] ?? 0) / 16
      }
    }
    return sum
  })
}

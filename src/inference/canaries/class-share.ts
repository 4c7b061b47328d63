import { classMapOf } from '../measure/class-map.ts'
import { PARSING_CLASSES, PARSING_SIDE, type ParsingClass, parsePerson } from '../people/parsing.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'

/** Share of one class, 0..1, in each pixel. @throws StudioError `model-missing`, `model-damaged` */
export async function classShare(picture: Raster, of: ParsingClass): Promise<Float32Array> {
  const { labels } = classMapOf(await parsePerson(picture))
  const wanted = PARSING_CLASSES.indexOf(of)
  const mask = createRaster(PARSING_SIDE, PARSING_SIDE, 1)
  mask.data.set(labels.map((label) => (label === wanted ? 1 : 0)))
  return resize(mask, picture.width, picture.height, 'bilinear').data
}

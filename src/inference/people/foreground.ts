import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { boxPass } from '../pixels/vector-passes.ts'
import { fieldGrid } from './field-grid.ts'

/**
 * The two colours a matte mixes, as slowly varying layers of 3 channels. Like the matte's field they are found once at
 * working size and serve any size.
 */
export interface ForegroundField {
  readonly person: Raster
  readonly background: Raster
}

/**
 * Radii of the two fusions in widths of the face. Forte and Pitié use 90 and 6 px on pictures of about 1000 px; the second
 * is wider here, because between single hairs there is little pure colour to find.
 */
const RADII = [0.25, 0.1] as const
const EPSILON = 1e-5

/**
 * Blur-fusion foreground estimation: Forte, "Approximate fast foreground colour estimation", ICIP 2021.
 * @param picture 3 channels, linear light
 * @param alpha 1 channel over the same frame, any size
 * @param faceWidth pixels of this picture
 */
export function foregroundField(picture: Raster, alpha: Raster, faceWidth: number): ForegroundField {
  const { width, height } = fieldGrid(picture)
  const image = resize(picture, width, height, 'area')
  const matte = resize(alpha, width, height, 'area')
  const unit = (faceWidth * width) / picture.width
  let field: ForegroundField = { person: image, background: image }
  let person = image
  for (const radius of RADII) {
    field = fuse(person, field.background, matte, Math.max(1, Math.round(radius * unit)))
    person = unmixed(image, matte, field)
  }
  return field
}

/** Red, green and blue times α and α itself, the same of the background and 1 − α: blurred in one go. */
const MOMENTS = 8

/** Means of the foreground weighted by α and of the background weighted by 1 − α. */
function fuse(person: Raster, background: Raster, matte: Raster, radius: number): ForegroundField {
  const { width, height } = person
  const moments = new Float32Array(width * height * MOMENTS)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = matte.data[pixel] ?? 0
    const to = pixel * MOMENTS
    for (let c = 0; c < 3; c++) {
      moments[to + c] = (person.data[3 * pixel + c] ?? 0) * alpha
      moments[to + 4 + c] = (background.data[3 * pixel + c] ?? 0) * (1 - alpha)
    }
    moments[to + 3] = alpha
    moments[to + 7] = 1 - alpha
  }
  boxPass(moments, width, height, MOMENTS, radius)
  const means = { person: createRaster(width, height, 3), background: createRaster(width, height, 3) }
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel * MOMENTS
    for (let c = 0; c < 3; c++) {
      means.person.data[3 * pixel + c] = (moments[from + c] ?? 0) / ((moments[from + 3] ?? 0) + EPSILON)
      means.background.data[3 * pixel + c] = (moments[from + 4 + c] ?? 0) / ((moments[from + 7] ?? 0) + EPSILON)
    }
  }
  return means
}

function unmixed(image: Raster, matte: Raster, { person, background }: ForegroundField): Raster {
  const out = createRaster(image.width, image.height, 3)
  for (let at = 0; at < out.data.length; at++) {
    const alpha = matte.data[(at / 3) | 0] ?? 0
    out.data[at] = unmix(image.data[at] ?? 0, alpha, person.data[at] ?? 0, background.data[at] ?? 0)
  }
  return out
}

/**
 * How dark a pixel may become, as a share of the darker of what is seen and what the person has around it: a matte a
 * little too low takes more of a bright wall than there is, and dark hair gets a black contour.
 */
const DARKEST = 0.9

/**
 * One channel of the person's own colour in a pixel that shows α of the person and 1 − α of the old background. What a
 * pixel shows loses its say with the third power of α; Forte and Pitié use the first. A matte is never quite right, and
 * what is left of a bright wall then becomes a dark or a bright line along dark hair.
 */
export function unmix(observed: number, alpha: number, person: number, background: number): number {
  const trust = alpha * alpha * alpha
  const own = person + trust * (observed - alpha * person - (1 - alpha) * background)
  return Math.max(0, DARKEST * Math.min(observed, person), own)
}

/** The person's own colours over a whole picture, as `unmix` gives them. */
export function renderForeground(field: ForegroundField, picture: Raster, alpha: Raster): Raster {
  const layer = (raster: Raster) => resize(raster, picture.width, picture.height, 'bilinear')
  return unmixed(picture, alpha, { person: layer(field.person), background: layer(field.background) })
}

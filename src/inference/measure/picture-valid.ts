import type { Criterion } from '../../domain/criterion.ts'
import { say } from '../../domain/sentences/say.ts'
import { labD65 } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import { quantile } from './quantile.ts'
import { decided, type Question } from './row.ts'

const PICTURE_VALID: Question = {
  id: 'picture-valid',
  question: say('asks-picture-valid'),
  unit: 'L*'
}

/** Pixels looked at are this many apart in both directions. */
const STRIDE = 4
/** A portrait spans far more; a failed decoder's flat or nearly flat output less. */
const BAND = { min: 12 }
const IDEAL = 40

/** Range of lightness between the 2nd and the 98th percentile. A value that is no number fails. */
export function pictureValid(raster: Raster): Criterion {
  const { data, width, height } = raster
  const lightness = new Float64Array(Math.ceil(width / STRIDE) * Math.ceil(height / STRIDE))
  for (let y = 0, to = 0; y < height; y += STRIDE) {
    for (let x = 0; x < width; x += STRIDE) {
      const at = (y * width + x) * 3
      lightness[to++] = labD65(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0).L
    }
  }
  const broken = lightness.some((value) => !Number.isFinite(value))
  const [dark, bright] = [quantile(lightness, 0.02), quantile(lightness, 0.98)]
  const value = broken ? Number.NaN : bright - dark
  return decided(PICTURE_VALID, { value, band: BAND, ideal: IDEAL, note: broken ? BROKEN : noteOn(value, bright) })
}

const BROKEN = say('broken-pixels')
const BLACK = 10

function noteOn(range: number, bright: number): string | undefined {
  if (range >= BAND.min) return undefined
  return bright < BLACK ? say('picture-black') : say('picture-flat')
}

/** The row of a file that cannot be decoded. */
export function brokenPicture(reason: string): Criterion {
  return decided(PICTURE_VALID, { value: Number.NaN, band: BAND, ideal: IDEAL, note: reason })
}

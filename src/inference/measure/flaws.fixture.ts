import type { Point } from '../../domain/geometry.ts'
import { seededRandom } from '../backdrop/seeded-random.ts'
import { analyseFaces } from '../faces/analyse.ts'
import { meanPoint } from '../faces/mesh.ts'
import { LEFT_EYE_CORNERS, RIGHT_EYE_CORNERS } from '../faces/mesh-indices.ts'
import { sampleRaster } from '../faces/sample-photos.fixture.ts'
import { similarity, warpAffine } from '../pixels/affine.ts'
import { boxBlur, gaussianBlur } from '../pixels/blur.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { type CutOut, type FrameOptions, framing, over } from './sample-portraits.fixture.ts'

/** Out of focus: Gaussian of `sigma` px. */
export function blurred(picture: Raster, sigma: number): Raster {
  return gaussianBlur(picture, sigma)
}

/** Over- or under-exposed by some stops and clipped at white, as a camera does. */
export function exposed(picture: Raster, stops: number): Raster {
  const gain = 2 ** stops
  return { ...picture, data: picture.data.map((value) => Math.min(1, Math.max(0, value * gain))) }
}

/** Contrast so hard that shadows close: everything below `black` becomes black. */
export function crushed(picture: Raster, black: number): Raster {
  return { ...picture, data: picture.data.map((value) => Math.max(0, (value - black) / (1 - black))) }
}

/**
 * The closed eyes of the woman on the right of sample2 laid over both eyes, matched in place, size, tilt and colour:
 * drawn lids do not look like lids, neither to people nor to networks.
 */
export async function withClosedEyes(picture: Raster): Promise<Raster> {
  const donor = await sampleRaster(2)
  const from = (await analyseFaces(donor)).at(-1)
  const [to] = await analyseFaces(picture)
  if (!from || !to) throw new Error('it takes a face to close the eyes of, and one whose eyes are closed')
  const closed: Raster = { ...picture, data: picture.data.slice() }
  for (const corners of [LEFT_EYE_CORNERS, RIGHT_EYE_CORNERS]) {
    const [here, there] = [to, from].map((face) => corners.map((index) => meanPoint(face.mesh, [index])))
    layEye(closed, here ?? [], donor, there ?? [])
  }
  return closed
}

/** Half axes of the ellipse that is replaced, in widths of the eye; it fades out over its outer half. */
const ACROSS = 0.95
const UP = 0.5

function layEye(picture: Raster, here: readonly Point[], donor: Raster, there: readonly Point[]): void {
  const [a, b] = here
  if (!a || !b) return
  const laid = warpAffine(donor, similarity(here, there), picture.width, picture.height)
  const width = Math.hypot(b.x - a.x, b.y - a.y)
  const centre = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  const weights = new Map<number, number>()
  for (let y = Math.floor(centre.y - width); y <= centre.y + width; y++) {
    for (let x = Math.floor(centre.x - width); x <= centre.x + width; x++) {
      const radius = Math.hypot((x - centre.x) / (ACROSS * width), (y - centre.y) / (UP * width))
      if (radius < 1) weights.set(y * picture.width + x, Math.min(1, 2 - 2 * radius))
    }
  }
  for (let channel = 0; channel < 3; channel++) {
    // Skin around the eye, where the lid fades out, gives the gain between the two lights.
    let [own, other] = [0, 0]
    for (const [pixel, weight] of weights) {
      if (weight > 0.6) continue
      own += picture.data[pixel * 3 + channel] ?? 0
      other += laid.data[pixel * 3 + channel] ?? 0
    }
    for (const [pixel, weight] of weights) {
      const at = pixel * 3 + channel
      const lid = ((laid.data[at] ?? 0) * own) / other
      picture.data[at] = (picture.data[at] ?? 0) * (1 - weight) + lid * weight
    }
  }
}

/**
 * Cut out too generously: a rim of `pixels` of the old background, made `light` times as bright, stays around the person.
 */
export function haloed(
  person: CutOut,
  backdrop: (width: number, height: number) => Raster,
  rim: { pixels: number; grey: number },
  options?: FrameOptions
): Raster {
  const { affine, width, height } = framing(person.face, options)
  const colour = warpAffine(person.foreground, affine, width, height, { kernel: 'cubic' })
  const alpha = warpAffine(person.alpha, affine, width, height, { outside: [0] })
  const wide = boxBlur(alpha, rim.pixels)
  const grown = { ...wide, data: wide.data.map((value) => Math.min(1, Math.max(0, 4 * value))) }
  const old = createRaster(width, height, 3)
  old.data.fill(rim.grey)
  return over(colour, alpha, over(old, grown, backdrop(width, height)))
}

/** Noise of a sensor at high ISO: Gaussian of `sigma` in the square roots of linear light, each channel on its own. */
export function noisy(picture: Raster, sigma: number, seed = 1): Raster {
  const random = seededRandom(seed)
  // Box and Muller 1958.
  const gaussian = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const data = picture.data.map((value) => {
    const root = Math.sqrt(Math.max(0, value)) + sigma * gaussian()
    return Math.min(1, Math.max(0, root) ** 2)
  })
  return { ...picture, data }
}

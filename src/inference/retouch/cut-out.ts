import type { Size } from '../../domain/geometry.ts'
import type { CallContext } from '../../domain/progress.ts'
import type { RetouchSettingName, RetouchSettings } from '../../domain/retouch-settings.ts'
import { type Grain, measureGrain } from '../grade/grain.ts'
import { personShadow } from '../light/person-shadow.ts'
import { type LitSurface, readSurface } from '../light/relight.ts'
import { fieldGrid, GRID_STEP } from '../people/field-grid.ts'
import { type ForegroundField, foregroundField, renderForeground } from '../people/foreground.ts'
import { type MatteField, matteField, renderMatte } from '../people/matte-field.ts'
import { luminance } from '../pixels/colour.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { RecentlyUsed } from '../runtime/recently-used.ts'
import type { Frame } from './frame.ts'
import { type HairHalo, hairHalo } from './hair-halo.ts'
import { type PersonInFrame, personBox, placeInFrame } from './person-in-frame.ts'
import { openPersonPixels } from './person-pixels.ts'
import { type RedEyes, redEyesOf } from './red-eye.ts'
import type { ReferencePhoto } from './reference-photo.ts'
import { skinRetouch } from './skin-retouch.ts'

/**
 * The person of one frame cut out at one size: what all its pictures share, whatever stands behind and lights them.
 * All but the picture is on the grid of slowly varying fields, see `fieldGrid`.
 */
export interface CutOut {
  /** The person's pixels over the whole frame, linear light. */
  readonly picture: Raster
  /** Pixels of the original photo behind one pixel of the picture, linear. */
  readonly sourceDetail: number
  readonly person: PersonInFrame
  readonly matte: MatteField
  readonly alpha: Raster
  readonly colours: ForegroundField
  /** The person's own colours, free of the old background. */
  readonly own: Raster
  /** Skin of face and body, 1 channel, 0..1. */
  readonly skin: Raster
  /** The retouching of the skin and the shadows that tie a person to a place: what linear light is multiplied by, 3 channels. */
  readonly shaping: Raster
  readonly surface: LitSurface
  readonly redEyes: RedEyes | null
  readonly halo: HairHalo | null
  /** Mean luminance of the skin of the face, 0..1; the grey card's where none is seen. */
  readonly skinLuminance: number
  /** Of the person's pixels, in pixels of the picture. */
  readonly grain: Grain
}

export interface CutOutRequest {
  readonly reference: ReferencePhoto
  readonly frame: Frame
  /** Of the picture that shows the frame. */
  readonly size: Size
  readonly settings: RetouchSettings
}

/** An attempt and the next one's, and the swatches of a photo; at working size one takes 30 MB. */
const KEPT = 3

/** Every setting a cut-out depends on besides its frame. */
const USED = [
  'detail.denoise',
  'matte.sharpness',
  'matte.choke',
  'retouch.strength',
  'light.contactShadow'
] as const satisfies readonly RetouchSettingName[]

const made = new RecentlyUsed<CutOut>(KEPT)

/** Made once as long as nothing it depends on changes. @throws StudioError of the photo, `model-missing`, `cancelled` */
export function openCutOut(request: CutOutRequest, context: CallContext): Promise<CutOut> {
  const { reference, frame, size, settings } = request
  const { centre, width, height, angle } = frame
  const shown = [centre.x, centre.y, width, height, angle, size.width, size.height]
  const key = [reference.key, ...shown, ...USED.map((name) => settings[name])].join('\n')
  return made.open(key, () => makeCutOut(request, context))
}

async function makeCutOut({ reference, frame, size, settings }: CutOutRequest, context: CallContext): Promise<CutOut> {
  const shown = { frame, size, person: personBox(reference.view), denoise: settings['detail.denoise'] }
  const pixels = await openPersonPixels(reference, shown, context.signal)
  const picture = pixels.rows(0, size.height, { first: 0, end: size.width })
  context.signal.throwIfAborted()
  const grid = fieldGrid(size)
  const person = placeInFrame(reference, frame, grid)
  const small = resize(picture, grid.width, grid.height, 'area')
  const faceWidth = person.faceWidth * GRID_STEP
  const matte = matteField(picture, person.outline, person.hair, faceWidth, settings)
  const alpha = renderMatte(matte, small)
  const colours = foregroundField(picture, alpha, faceWidth)
  const own = renderForeground(colours, small, alpha)
  const skin = skinOf(person)
  return {
    picture,
    sourceDetail: pixels.sourceDetail,
    person,
    matte,
    alpha,
    colours,
    own,
    skin,
    shaping: shapingOf(own, person, settings),
    redEyes: settings['retouch.strength'] > 0 ? redEyesOf(own, person) : null,
    halo: hairHalo(own, alpha, person.hair, person.faceWidth, settings['retouch.strength']),
    surface: readSurface({ person: own, matte: alpha, skin, mesh: person.face.mesh }),
    skinLuminance: meanLuminance(own, person.faceSkin),
    grain: grainOf(reference, picture, alpha, person.faceSkin)
  }
}

function shapingOf(own: Raster, person: PersonInFrame, settings: RetouchSettings): Raster {
  const { width, height } = own
  const shadow = resize(personShadow(own, person.face.mesh, settings), width, height, 'bilinear').data
  const shaping = skinRetouch(own, person, settings['retouch.strength'])
  for (let at = 0; at < shaping.data.length; at++) {
    shaping.data[at] = (shaping.data[at] ?? 1) * (shadow[(at / 3) | 0] ?? 1)
  }
  return shaping
}

/** A smooth backdrop shows its grain more than a person does; at the full measure it looks noisier than they. */
const MATCHED = 0.75

/** As the picture shows it on the person, or where skin and cloth have texture, as the photo has it elsewhere. */
function grainOf({ grain }: ReferencePhoto, picture: Raster, alpha: Raster, face: Raster): Grain {
  const person = measureGrain(picture, alpha)
  const skin = measureGrain(picture, face)
  const sigmas = [grain.sigma, person.sigma, ...(skin.sigma > 0 ? [skin.sigma] : [])]
  return { sigma: MATCHED * Math.min(...sigmas), size: person.size }
}

function skinOf({ faceSkin, bodySkin }: PersonInFrame): Raster {
  const skin = createRaster(faceSkin.width, faceSkin.height, 1)
  for (let at = 0; at < skin.data.length; at++) {
    skin.data[at] = Math.min(1, (faceSkin.data[at] ?? 0) + (bodySkin.data[at] ?? 0))
  }
  return skin
}

/** Mean luminance of a picture where a mask is 1; the grey card's where the mask is empty. */
function meanLuminance({ data }: Raster, mask: Raster): number {
  let sum = 0
  let weight = 0
  for (let pixel = 0, at = 0; pixel < mask.data.length; pixel++, at += 3) {
    const share = mask.data[pixel] ?? 0
    sum += share * luminance(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
    weight += share
  }
  return weight > 0 ? sum / weight : 0.18
}

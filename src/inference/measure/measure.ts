import type { Criterion, Region } from '../../domain/criterion.ts'
import { DELIVERY_PROFILES } from '../../domain/delivery-profile.ts'
import type { MeasureRequest } from '../../domain/engine.ts'
import { StudioError } from '../../domain/errors.ts'
import type { Point } from '../../domain/geometry.ts'
import type { CallContext } from '../../domain/progress.ts'
import { say } from '../../domain/sentences/say.ts'
import { openBackdropFile } from '../backdrop/backdrop-file.ts'
import { analyseFaces } from '../faces/analyse.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { headExtent } from '../faces/head.ts'
import { OVERVIEW_LONG_EDGE } from '../faces/photo-faces.ts'
import { parsePerson } from '../people/parsing.ts'
import { decodePhoto } from '../pixels/decode.ts'
import type { Raster } from '../pixels/raster.ts'
import { backgroundGrid } from './background-grid.ts'
import { backgroundMatch } from './background-match.ts'
import { classAt, classMapOf } from './class-map.ts'
import { exposure, highlightClipping, shadowClipping } from './exposure.ts'
import { expression } from './expression.ts'
import { eyesOpen } from './eyes-open.ts'
import { FACE_COUNT, faceCount } from './face-count.ts'
import { eyeLine, headCentre, headHeight } from './framing.ts'
import { headTilt } from './head-tilt.ts'
import { identity } from './identity.ts'
import { limitationRows } from './limitations.ts'
import { matteHalo } from './matte-halo.ts'
import { noise } from './noise.ts'
import { brokenPicture, pictureValid } from './picture-valid.ts'
import { readFace } from './read-face.ts'
import { readReference } from './read-reference.ts'
import { unmeasured } from './row.ts'
import type { Measurement, Picture, ReferenceReading, Subject } from './scene.ts'
import { sharpness } from './sharpness.ts'
import { SIZE, size } from './size.ts'
import { sourceDetail } from './source-detail.ts'

/** What is measured on the person, in the order it is reported. */
const ON_THE_PERSON: readonly Measurement[] = [
  identity,
  headHeight,
  eyeLine,
  headCentre,
  headTilt,
  eyesOpen,
  expression,
  sharpness,
  noise,
  exposure,
  highlightClipping,
  shadowClipping,
  backgroundMatch,
  matteHalo
]

/** A step takes well under a second; a slow machine that swaps still shows life within this. */
const WITHIN_MS = 60_000

/**
 * The measured rows of a picture's ledger, one for every id in `CRITERION_IDS`, and one for every limitation the engine
 * stated. Regions are in pixels of the picture itself.
 *
 * @throws StudioError where a reference cannot be read or shows nobody to compare with, or the picture's file is missing
 */
export async function measurePicture(request: MeasureRequest, context: CallContext): Promise<Criterion[]> {
  const { signal, onProgress } = context
  const total = request.references.length + 3
  let done = 0
  const step = (activity: string, ledger?: Criterion[]) => {
    signal.throwIfAborted()
    onProgress({ activity, done: done++, total, withinMs: WITHIN_MS, ...(ledger && { ledger }) })
  }
  const references: ReferenceReading[] = []
  for (const reference of request.references) {
    step('Reading a reference')
    references.push(await readReference(reference, signal))
  }
  step('Reading the picture')
  const backdrop = request.backdropPath === undefined ? null : await openBackdropFile(request.backdropPath, signal)
  const picture = await openPicture(request.path, signal)
  if (picture instanceof StudioError) return [brokenPicture(picture.message), ...nothingToMeasure(request)]
  const placed = (row: Criterion) => inOriginalPixels(row, picture.scale)
  const rows = [pictureValid(picture.raster), size(picture.original, request.expectedSize)].map(placed)
  step('Looking for the face', [...rows])
  const faces = await analyseFaces(picture.raster, { finestLevel: 384 })
  const largest = faces.toSorted((a, b) => b.box.width - a.box.width)[0]
  const subject = largest && (await readSubject(picture.raster, largest))
  rows.push(placed(faceCount(faces)))
  step('Measuring', [...rows])
  for (const measurement of ON_THE_PERSON) {
    const profile = DELIVERY_PROFILES[request.parameters.purpose]
    const row = subject
      ? measurement.measure({ request, picture, faces, subject, references, backdrop, profile })
      : unmeasured(measurement.question, 'undecided', NO_FACE)
    rows.push(placed(row))
    onProgress({ activity: 'Measuring', done, total, withinMs: WITHIN_MS, ledger: [...rows] })
  }
  return [...rows, sourceDetail(request.sourceDetail, longEdgeOf(request)), ...limitationRows(request.limitations)]
}

const NO_FACE = say('no-face')
const NO_PICTURE = say('no-picture')

/** What a broken file says is a verdict on the picture; that it is missing is not. */
async function openPicture(path: string, signal: AbortSignal): Promise<Picture | StudioError> {
  try {
    return await decodePhoto(path, { maxLongEdge: OVERVIEW_LONG_EDGE, signal })
  } catch (error) {
    if (error instanceof StudioError && BROKEN.has(error.code)) return error
    throw error
  }
}

const BROKEN: ReadonlySet<StudioError['code']> = new Set([
  'file-empty',
  'file-unsupported',
  'image-damaged',
  'image-too-small',
  'image-too-large'
])

const longEdgeOf = ({ expectedSize: { width, height } }: MeasureRequest) => Math.max(width, height)

function nothingToMeasure(request: MeasureRequest): Criterion[] {
  const questions = [SIZE, FACE_COUNT, ...ON_THE_PERSON.map((measurement) => measurement.question)]
  const rows = questions.map((question) => unmeasured(question, 'undecided', NO_PICTURE))
  return [...rows, sourceDetail(request.sourceDetail, longEdgeOf(request)), ...limitationRows(request.limitations)]
}

async function readSubject(raster: Raster, face: AnalysedFace): Promise<Subject> {
  const classes = classMapOf(await parsePerson(raster))
  const head = headExtent(face, (point) => {
    const shown = classAt(classes, point)
    return shown === 'hair' || shown === 'face-skin' || shown === 'other'
  })
  return { ...(await readFace(raster, face, classes)), classes, head, background: backgroundGrid(raster, classes) }
}

function inOriginalPixels(row: Criterion, scale: number): Criterion {
  const place = ({ x, y }: Point): Point => ({ x: x / scale, y: y / scale })
  const placed = (region: Region): Region => {
    switch (region.shape) {
      case 'box':
        return {
          ...region,
          box: { ...place(region.box), width: region.box.width / scale, height: region.box.height / scale }
        }
      case 'line':
        return { ...region, from: place(region.from), to: place(region.to) }
      case 'points':
        return { ...region, points: region.points.map(place) }
    }
  }
  return { ...row, regions: row.regions.map(placed) }
}

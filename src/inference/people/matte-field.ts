import type { Size } from '../../domain/geometry.ts'
import type { RetouchSettings } from '../../domain/retouch-settings.ts'
import { boxBlur } from '../pixels/blur.ts'
import { EnlargedRows } from '../pixels/enlarged-rows.ts'
import { guidedCoefficients } from '../pixels/guided-filter.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { fieldGrid, GRID_STEP } from './field-grid.ts'

export type MatteSettings = Pick<RetouchSettings, 'matte.sharpness' | 'matte.choke'>

/**
 * A matte as a function of the picture: α = levels(slope·√I + offset) within limits, all of them varying slowly over the
 * frame. Found once at working size, it gives the matte of the same frame at any size, as sharp as the pixels it is
 * evaluated on (He, Sun: "Fast guided filter", arXiv:1505.00996).
 */
export interface MatteField {
  /** 3 channels: weights of the square roots of red, green and blue. */
  readonly slope: Raster
  /** 3 channels: the offset, the lowest α and the highest α. */
  readonly limits: Raster
  /** 1 channel: the value that becomes 0; 1 minus it becomes 1. */
  readonly black: Raster
}

/** Variance of the guide below which it counts as flat; hair against a like-coloured wall needs it this low. */
const EPSILON = 4e-5
/** Radii in widths of the face: windows of the filter; how far the refined edge may leave the outline, body and hair. */
const WINDOW = 0.035
const NARROW = 0.012
const BODY_BAND = 0.03
const HAIR_BAND = 0.09

/**
 * @param picture linear light, 3 channels
 * @param outline the silhouette over the same frame, any size
 * @param hair probability of hair over the same frame, any size
 * @param faceWidth pixels of this picture
 */
export function matteField(
  picture: Raster,
  outline: Raster,
  hair: Raster,
  faceWidth: number,
  settings: MatteSettings
): MatteField {
  const { width, height } = fieldGrid(picture)
  const unit = (faceWidth * width) / picture.width
  const pixels = (share: number) => Math.max(1, Math.round(share * unit))
  const guide = guideOf(resize(picture, width, height, 'area'))
  const input = resize(outline, width, height, 'area')
  const zones = zonesOf(input, resize(hair, width, height, 'area'), pixels)
  const sharpness = settings['matte.sharpness']

  const wide = guidedCoefficients(guide, input, pixels(WINDOW), EPSILON)
  trustWhereExplained(wide, guide, input, pixels(WINDOW))
  const found = renderMatteAt(fieldOf(wide, zones, FIRST_LEVELS(sharpness)), guide)
  // The wide window finds the edge, a narrow one its true softness: averaged over a wide one, a haze surrounds it.
  const narrow = guidedCoefficients(guide, found, pixels(NARROW), EPSILON)
  const field = fieldOf(narrow, zones, LAST_LEVELS(sharpness))
  const choke = settings['matte.choke'] / GRID_STEP
  const choked = zones.softness.map((soft) => choke + BODY_CHOKE * unit * (1 - soft))
  limitByChoke(field, renderMatteAt(field, guide), choked)
  return field
}

/** Per place: how soft the edge is there, 0 clothes .. 1 hair, and the outline's mean over the band it may move in. */
interface Zones {
  readonly width: number
  readonly height: number
  readonly softness: Float32Array
  readonly inside: Float32Array
}

function zonesOf(outline: Raster, hair: Raster, pixels: (share: number) => number): Zones {
  const bodyMean = boxBlur(outline, pixels(BODY_BAND)).data
  const hairMean = boxBlur(outline, pixels(HAIR_BAND)).data
  const softness = boxBlur(hair, pixels(HAIR_BAND)).data
  const inside = new Float32Array(softness.length)
  for (let at = 0; at < inside.length; at++) {
    const soft = Math.min(1, (softness[at] ?? 0) * 6)
    softness[at] = soft
    inside[at] = mix(bodyMean[at] ?? 0, hairMean[at] ?? 0, soft)
  }
  return { width: outline.width, height: outline.height, softness, inside }
}

/**
 * Widths of the face by which the edge of what is not hair is drawn in: lenses and compression mix the light of a wall
 * into the outermost line of a cap or a jacket, more than any unmixing finds.
 */
const BODY_CHOKE = 0.004
/** Pixels that move no edge. */
const LEAST_CHOKE = 0.05

/** What becomes 0; 1 minus it becomes 1. Averages over windows never quite reach either. */
interface Levels {
  readonly body: number
  readonly hair: number
}
const FIRST_LEVELS = (sharpness: number): Levels => ({ body: 0.16 + 0.24 * sharpness, hair: 0.02 + 0.16 * sharpness })
const LAST_LEVELS = (sharpness: number): Levels => ({ body: 0.02 + 0.16 * sharpness, hair: 0.1 * sharpness })

function fieldOf(lines: Float32Array, { width, height, softness, inside }: Zones, levels: Levels): MatteField {
  const field: MatteField = {
    slope: createRaster(width, height, 3),
    limits: createRaster(width, height, 3),
    black: createRaster(width, height, 1)
  }
  for (let at = 0; at < width * height; at++) {
    for (let c = 0; c < 3; c++) field.slope.data[3 * at + c] = lines[4 * at + c] ?? 0
    field.limits.data[3 * at] = lines[4 * at + 3] ?? 0
    field.limits.data[3 * at + 1] = clamp(((inside[at] ?? 0) - 0.9) / 0.1)
    field.limits.data[3 * at + 2] = clamp((inside[at] ?? 0) / 0.1)
    field.black.data[at] = mix(levels.body, levels.hair, softness[at] ?? 0)
  }
  return field
}

/**
 * Moves the limits so that the matte ends `choke` pixels of the field further in (positive) or out (negative). Across a
 * straight edge the mean over a square rises by 1 / its side per pixel, which tells how far the edge is.
 */
function limitByChoke(field: MatteField, alpha: Raster, chokes: Float32Array): void {
  const most = chokes.reduce((most, choke) => Math.max(most, Math.abs(choke)), 0)
  const radius = Math.ceil(most) + 1
  const mean = boxBlur(alpha, radius).data
  for (let at = 0; at < mean.length; at++) {
    const inside = ((mean[at] ?? 0) - 0.5) * (2 * radius + 1)
    const choke = chokes[at] ?? 0
    if (Math.abs(choke) < LEAST_CHOKE) continue
    const limit = clamp(inside - choke + 0.5)
    const bound = choke > 0 ? Math.min : Math.max
    field.limits.data[3 * at + 1] = bound(field.limits.data[3 * at + 1] ?? 0, limit)
    field.limits.data[3 * at + 2] = bound(field.limits.data[3 * at + 2] ?? 0, limit)
  }
}

/** Share of the outline's variance that colours must explain to be followed a little, and to be followed all the way. */
const EXPLAINED = { begin: 0.15, whole: 0.5 }

/**
 * Where person and background look alike, a window's colours do not explain its outline, and the filter would smear the
 * outline over the window: there the outline itself is kept. Both are linear in the guide, so the lines hold either.
 */
function trustWhereExplained(lines: Float32Array, guide: Raster, input: Raster, radius: number): void {
  const { width, height } = input
  const mean = boxBlur(input, radius).data
  const residual = createRaster(width, height, 1)
  const variance = createRaster(width, height, 1)
  for (let at = 0; at < input.data.length; at++) {
    const outline = input.data[at] ?? 0
    const explained = outline - lineAt(lines, guide.data, at)
    const deviation = outline - (mean[at] ?? 0)
    residual.data[at] = explained * explained
    variance.data[at] = deviation * deviation
  }
  const unexplained = boxBlur(residual, radius).data
  const total = boxBlur(variance, radius).data
  for (let at = 0; at < input.data.length; at++) {
    const explained = 1 - (unexplained[at] ?? 0) / ((total[at] ?? 0) + 1e-4)
    const trust = clamp((explained - EXPLAINED.begin) / (EXPLAINED.whole - EXPLAINED.begin))
    const line = 4 * at
    lines[line] = (lines[line] ?? 0) * trust
    lines[line + 1] = (lines[line + 1] ?? 0) * trust
    lines[line + 2] = (lines[line + 2] ?? 0) * trust
    lines[line + 3] = Math.fround((lines[line + 3] ?? 0) * trust) + (input.data[at] ?? 0) * (1 - trust)
  }
}

function lineAt(lines: Float32Array, guide: Float32Array, at: number): number {
  const line = 4 * at
  const colour = 3 * at
  return clamp(
    (lines[line + 3] ?? 0) +
      (lines[line] ?? 0) * (guide[colour] ?? 0) +
      (lines[line + 1] ?? 0) * (guide[colour + 1] ?? 0) +
      (lines[line + 2] ?? 0) * (guide[colour + 2] ?? 0)
  )
}

/** Gamma 2: near enough to perception for windows to weigh dark and light edges alike, and cheap at every pixel. */
function guideOf(picture: Raster): Raster {
  const guide = createRaster(picture.width, picture.height, 3)
  for (let at = 0; at < guide.data.length; at++) guide.data[at] = Math.sqrt(clamp(picture.data[at] ?? 0))
  return guide
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))
const mix = (from: number, to: number, share: number) => from + (to - from) * share

/** The whole matte at the picture's size. */
export function renderMatte(field: MatteField, picture: Raster): Raster {
  const rows = new MatteRows(field, picture, 0, picture.height)
  const alpha = createRaster(picture.width, picture.height, 1)
  for (let y = 0; y < picture.height; y++) {
    const row = picture.data.subarray(3 * y * picture.width, 3 * (y + 1) * picture.width)
    rows.render(y, row, 0, alpha.data.subarray(y * picture.width, (y + 1) * picture.width))
  }
  return alpha
}

/** The matte of some rows of a frame, one after the other. */
export class MatteRows {
  readonly #slope: EnlargedRows
  readonly #limits: EnlargedRows
  readonly #black: EnlargedRows
  readonly #open: Uint8Array

  /** @param size of the whole picture, of which `count` rows are rendered, from row `top` on */
  constructor(field: MatteField, size: Size, top: number, count: number) {
    this.#slope = new EnlargedRows(field.slope, size, top, count)
    this.#limits = new EnlargedRows(field.limits, size, top, count)
    this.#black = new EnlargedRows(field.black, size, top, count)
    this.#open = new Uint8Array(size.width)
  }

  /**
   * Writes the matte of a row of the picture.
   * @param colours the row's pixels from column `left` on, linear light, 3 values each; beside them the matte must be 0
   * @param alpha a whole row
   */
  render(y: number, colours: Float32Array, left: number, alpha: Float32Array): void {
    const [slope, limits, black] = [this.#slope, this.#limits, this.#black]
    const end = left + colours.length / 3
    alpha.fill(0)
    limits.moveTo(y)
    limits.enlarge(left, end)
    markOpen(this.#open, limits.row, left, end)
    slope.moveTo(y)
    slope.enlarge(left, end, this.#open)
    black.moveTo(y)
    black.enlarge(left, end, this.#open)
    for (let x = left, from = 0; x < end; x++, from += 3) {
      const at = 3 * x
      const most = limits.row[at + 2] ?? 1
      if (this.#open[x] === 0) {
        alpha[x] = most
        continue
      }
      const value =
        (limits.row[at] ?? 0) +
        (slope.row[at] ?? 0) * Math.sqrt(clamp(colours[from] ?? 0)) +
        (slope.row[at + 1] ?? 0) * Math.sqrt(clamp(colours[from + 1] ?? 0)) +
        (slope.row[at + 2] ?? 0) * Math.sqrt(clamp(colours[from + 2] ?? 0))
      alpha[x] = levelled(value, black.row[x] ?? 0, limits.row[at + 1] ?? 0, most)
    }
  }
}

/** Where the lowest and the highest α leave anything to the colours. */
function markOpen(open: Uint8Array, limits: Float32Array, first: number, end: number): void {
  for (let x = first; x < end; x++) open[x] = (limits[3 * x + 1] ?? 0) < (limits[3 * x + 2] ?? 1) ? 1 : 0
}

/** Columns of the picture in which the matte of some rows may be more than 0; one at least. */
export function matteColumns({ limits }: MatteField, size: Size, top: number, count: number): Columns {
  const { width, height, data } = limits
  const [across, down] = [width / size.width, height / size.height]
  const lowest = Math.max(0, Math.floor((top + 0.5) * down - 0.5))
  const highest = Math.min(height - 1, Math.ceil((top + count - 0.5) * down - 0.5))
  let [left, right] = [width, 0]
  for (let y = lowest; y <= highest; y++) {
    for (let x = 0; x < width; x++) {
      if ((data[3 * (y * width + x) + 2] ?? 0) <= 0) continue
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
    }
  }
  if (right <= left) return { first: 0, end: 1 }
  // A place of the field reaches into half of its neighbours.
  return {
    first: Math.max(0, Math.floor((left - 1) / across)),
    end: Math.min(size.width, Math.ceil((right + 1) / across))
  }
}

/** From `first` to before `end`. */
export interface Columns {
  readonly first: number
  readonly end: number
}

/** The matte on the field's own grid. */
function renderMatteAt({ slope, limits, black }: MatteField, guide: Raster): Raster {
  const alpha = createRaster(guide.width, guide.height, 1)
  for (let pixel = 0, at = 0; pixel < alpha.data.length; pixel++, at += 3) {
    const value =
      (limits.data[at] ?? 0) +
      (slope.data[at] ?? 0) * (guide.data[at] ?? 0) +
      (slope.data[at + 1] ?? 0) * (guide.data[at + 1] ?? 0) +
      (slope.data[at + 2] ?? 0) * (guide.data[at + 2] ?? 0)
    alpha.data[pixel] = levelled(value, black.data[pixel] ?? 0, limits.data[at + 1] ?? 0, limits.data[at + 2] ?? 1)
  }
  return alpha
}

function levelled(value: number, black: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, (value - black) / (1 - 2 * black), 0))
}

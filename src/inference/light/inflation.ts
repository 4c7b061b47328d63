import { gaussianBlur } from '../pixels/blur.ts'
import { fillHoles } from '../pixels/pull-push.ts'
import { createRaster, type Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'

/** Longer edge of the grid on which the silhouette is inflated; the result is smooth. */
const GRID = 96
/** Sweeps over the grid; with the over-relaxation of its size they bring the residual below a percent. */
const SWEEPS = 160
/** Standard deviation, in pixels of the grid, by which steps of the outline on it are smoothed away. */
const SMOOTH = 1.6
/**
 * Depth of the balloon over that of a sphere: a body is flatter than it is wide, and stands upright where a balloon
 * would swell from the neck to the chest.
 */
const DEPTH = { across: 0.75, down: 0.35 }

/**
 * Normals (about unit length) of a silhouette blown up like a balloon, 3 channels, at the matte's size. The membrane u with Δu = −4 inside
 * and 0 at the outline is, for a disc, the square of a hemisphere's height; its root rounds any outline as softly
 * (Johnston, "Lumo: illumination for cel animation", NPAR 2002, uses the same idea). Where the frame cuts the body
 * off, it goes on straight.
 */
export function inflate(matte: Raster): Raster {
  const scale = Math.min(1, GRID / Math.max(matte.width, matte.height))
  const width = Math.max(2, Math.round(matte.width * scale))
  const height = Math.max(2, Math.round(matte.height * scale))
  const mask = resize(matte, width, height, 'area')
  const membrane = solveMembrane(mask)
  const normals = createRaster(width, height, 3)
  const known = createRaster(width, height, 1)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const value = membrane[at] ?? 0
      if (value <= 0) continue
      const left = x > 0 ? at - 1 : at
      const right = x < width - 1 ? at + 1 : at
      const above = y > 0 ? at - width : at
      const below = y < height - 1 ? at + width : at
      // Of h = √u: the gradient is ∇u / 2h.
      const slopeX = (((membrane[left] ?? 0) - (membrane[right] ?? 0)) / Math.max(1, right - left)) * DEPTH.across
      const slopeY =
        (((membrane[below] ?? 0) - (membrane[above] ?? 0)) / Math.max(1, (below - above) / width)) * DEPTH.down
      const rise = 2 * Math.sqrt(value)
      const unit = 1 / Math.sqrt(slopeX * slopeX + slopeY * slopeY + rise * rise)
      normals.data[3 * at] = slopeX * unit
      normals.data[3 * at + 1] = slopeY * unit
      normals.data[3 * at + 2] = rise * unit
      known.data[at] = 1
    }
  }
  const smooth = gaussianBlur(fillHoles(normals, known), SMOOTH)
  return resize(smooth, matte.width, matte.height, 'cubic')
}

/** Successive over-relaxation (Young 1954) with the factor for a rectangle of this size. */
function solveMembrane({ width, height, data }: Raster): Float64Array {
  const u = new Float64Array(width * height)
  const relax = 2 / (1 + Math.sin(Math.PI / Math.max(width, height)))
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = y * width + x
        if ((data[at] ?? 0) < 0.5) continue
        const left = u[x > 0 ? at - 1 : at] ?? 0
        const right = u[x < width - 1 ? at + 1 : at] ?? 0
        const above = u[y > 0 ? at - width : at] ?? 0
        const below = u[y < height - 1 ? at + width : at] ?? 0
        const here = u[at] ?? 0
        u[at] = here + relax * ((left + right + above + below) / 4 + 1 - here)
      }
    }
  }
  return u
}

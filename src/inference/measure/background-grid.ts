import type { Size } from '../../domain/geometry.ts'
import { labD65 } from '../pixels/colour.ts'
import type { Raster } from '../pixels/raster.ts'
import { resize } from '../pixels/resample.ts'
import { backgroundAt, type ClassMap } from './class-map.ts'

/** Long edge of the grid. A cell averages grain and fine texture away: what is left is the backdrop itself. */
const GRID_LONG_EDGE = 96
/** Probability of background a cell and all cells near it need. */
const SURE = 0.9
/** Cells kept clear of the person: the matte's edge, hair and the shadow at the collar. */
const CLEARANCE = 3

/** The colour of the backdrop, cell by cell. */
export interface BackgroundGrid extends Size {
  /** L*, a*, b* (D65) of every cell, interleaved, the person's cells included. */
  readonly lab: Float32Array
  /** Indices of the cells that show nothing but background. */
  readonly cells: readonly number[]
}

export function gridSize({ width, height }: Size): Size {
  const scale = GRID_LONG_EDGE / Math.max(width, height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

export function backgroundGrid(raster: Raster, classes: ClassMap): BackgroundGrid {
  const { width, height } = gridSize(raster)
  const lab = labOf(resize(raster, width, height, 'area'))
  const sure = new Uint8Array(width * height)
  for (let cell = 0; cell < sure.length; cell++) {
    const x = (((cell % width) + 0.5) / width) * raster.width
    const y = ((Math.floor(cell / width) + 0.5) / height) * raster.height
    sure[cell] = backgroundAt(classes, { x, y }) >= SURE ? 1 : 0
  }
  const cells: number[] = []
  for (let cell = 0; cell < sure.length; cell++) if (isClear(sure, cell, width, height)) cells.push(cell)
  return { width, height, lab, cells }
}

function isClear(sure: Uint8Array, cell: number, width: number, height: number): boolean {
  const x = cell % width
  const y = Math.floor(cell / width)
  for (let v = Math.max(0, y - CLEARANCE); v <= Math.min(height - 1, y + CLEARANCE); v++) {
    for (let u = Math.max(0, x - CLEARANCE); u <= Math.min(width - 1, x + CLEARANCE); u++) {
      if (sure[v * width + u] === 0) return false
    }
  }
  return true
}

/** L*, a*, b* (D65) of every pixel, interleaved. */
export function labOf({ data }: Raster): Float32Array {
  const lab = new Float32Array(data.length)
  for (let at = 0; at < data.length; at += 3) {
    const { L, a, b } = labD65(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0)
    lab[at] = L
    lab[at + 1] = a
    lab[at + 2] = b
  }
  return lab
}

import type { Point } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { meanPoint } from '../faces/mesh.ts'
import { MOUTH_CORNER_LEFT, MOUTH_CORNER_RIGHT } from '../faces/mesh-indices.ts'
import { type Affine, apply, compose, similarity, warpAffine } from '../pixels/affine.ts'
import type { Raster } from '../pixels/raster.ts'
import { type BackgroundGrid, labOf } from './background-grid.ts'
import { backgroundAt, type ClassMap } from './class-map.ts'
import { correlation } from './correlation.ts'

/** The surroundings of a person in a reference photo, small enough to keep. */
export interface Surroundings {
  readonly raster: Raster
  /** Pixels of `raster` per pixel that the face and the classes are measured in. */
  readonly scale: number
  readonly classes: ClassMap
  readonly face: AnalysedFace
}

/** Cells both backgrounds must share before their likeness means anything. */
const LEAST_CELLS = 60

/**
 * How much the backdrop of a picture looks like the one of the reference at the same place beside the person: the
 * correlation of L*, a* and b*, −1..1, the reference laid over the picture eyes on eyes and mouth on mouth. It does not
 * change with exposure or colour grade and little with blur. Null where too little background is shared or either is
 * plain.
 */
export function likenessToOld(
  grid: BackgroundGrid,
  picture: Raster,
  face: AnalysedFace,
  old: Surroundings
): number | null {
  const toReference = gridToReference(grid, picture, face, old)
  const toSmall: Affine = [old.scale, 0, 0, 0, old.scale, 0]
  const laid = labOf(warpAffine(old.raster, compose(toReference, toSmall), grid.width, grid.height))
  const shared = grid.cells.filter((cell) => {
    return backgroundAt(old.classes, apply(toReference, middleOf(cell, grid))) > 0.9
  })
  if (shared.length < LEAST_CELLS) return null
  return correlation(grid.lab, laid, shared)
}

/** Share of the picture, 0..1, that lies beyond the edges of the reference: what is seen there was made up. */
export function shareBeyond(grid: BackgroundGrid, picture: Raster, face: AnalysedFace, old: Surroundings): number {
  const toReference = gridToReference(grid, picture, face, old)
  const [right, bottom] = [old.raster.width / old.scale, old.raster.height / old.scale]
  let beyond = 0
  for (let cell = 0; cell < grid.width * grid.height; cell++) {
    const { x, y } = apply(toReference, middleOf(cell, grid))
    if (x < 0 || y < 0 || x > right || y > bottom) beyond++
  }
  return beyond / (grid.width * grid.height)
}

/** From cells of the grid to pixels of the reference, eyes on eyes and mouth on mouth. */
function gridToReference(grid: BackgroundGrid, picture: Raster, face: AnalysedFace, old: Surroundings): Affine {
  const toPicture: Affine = [picture.width / grid.width, 0, 0, 0, picture.height / grid.height, 0]
  return compose(toPicture, similarity(anchors(face), anchors(old.face)))
}

function middleOf(cell: number, grid: BackgroundGrid): Point {
  return { x: (cell % grid.width) + 0.5, y: Math.floor(cell / grid.width) + 0.5 }
}

function anchors(face: AnalysedFace): Point[] {
  return [face.rightEye, face.leftEye, meanPoint(face.mesh, [MOUTH_CORNER_RIGHT, MOUTH_CORNER_LEFT])]
}

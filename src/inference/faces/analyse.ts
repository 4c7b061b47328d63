import type { Raster } from '../pixels/raster.ts'
import { type DetectionOptions, detectFaces } from './detect.ts'
import type { AnalysedFace, DetectedFace } from './face.ts'
import { eyeCentres, fitMesh, MIN_PRESENCE, tiltBetween } from './mesh.ts'

/** Every face of a photo with its mesh, left to right; what the mesh does not recognise as a face is left out. */
export async function analyseFaces(raster: Raster, options?: DetectionOptions): Promise<AnalysedFace[]> {
  const faces: AnalysedFace[] = []
  for (const detected of await detectFaces(raster, options)) {
    const face = await analyseFace(raster, detected, faces.length)
    if (face) faces.push(face)
  }
  return faces
}

/** A detected face with its mesh, or null where the mesh recognises none. */
export async function analyseFace(raster: Raster, detected: DetectedFace, index = 0): Promise<AnalysedFace | null> {
  const mesh = await fitMesh(raster, detected)
  if (mesh.presence < MIN_PRESENCE) return null
  const { leftEye, rightEye } = eyeCentres(mesh)
  return { ...detected, index, mesh, leftEye, rightEye, tilt: tiltBetween(rightEye, leftEye) }
}

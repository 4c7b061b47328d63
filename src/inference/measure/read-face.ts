import { readExpression } from '../faces/expression.ts'
import { findEyes } from '../faces/eyes.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { embedFace } from '../faces/identity.ts'
import type { Raster } from '../pixels/raster.ts'
import type { ClassMap } from './class-map.ts'
import { faceNoise } from './face-noise.ts'
import { facePatch } from './face-patch.ts'
import { faceSharpness } from './face-sharpness.ts'
import type { FaceReading } from './scene.ts'
import { skinTone } from './skin-tone.ts'

/** Runs every model and measure that looks at one face. */
export async function readFace(raster: Raster, face: AnalysedFace, classes: ClassMap): Promise<FaceReading> {
  const patch = facePatch(raster, face, classes)
  return {
    face,
    eyes: await findEyes(raster, face),
    expression: await readExpression(raster, face),
    embedding: await embedFace(raster, face),
    sharpness: faceSharpness(patch),
    noise: faceNoise(patch),
    tone: skinTone(patch)
  }
}

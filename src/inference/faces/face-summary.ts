import type { Point } from '../../domain/geometry.ts'
import type { FaceSummary } from '../../domain/photo.ts'
import type { AnalysedFace } from './face.ts'

/** A face as people see it in a list, in pixels of the original photo, of which the face's picture is `scale` as large. */
export function summariseFace(face: AnalysedFace, scale: number): FaceSummary {
  const place = ({ x, y }: Point): Point => ({ x: x / scale, y: y / scale })
  return {
    index: face.index,
    box: { ...place(face.box), width: face.box.width / scale, height: face.box.height / scale },
    leftEye: place(face.leftEye),
    rightEye: place(face.rightEye),
    confidence: Math.min(1, Math.max(0, face.confidence))
  }
}

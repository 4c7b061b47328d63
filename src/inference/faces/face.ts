import type { Box, Point } from '../../domain/geometry.ts'

/** A face found in a photo. All coordinates are pixels of the upright photo. */
export interface DetectedFace {
  readonly box: Box
  /** MediaPipe's six keypoints: the person's right eye, left eye, nose tip, mouth, right ear, left ear. */
  readonly keypoints: readonly Point[]
  /** 0..1. */
  readonly confidence: number
}

/** A point of the face mesh; z grows away from the camera, in the same pixels as x and y. */
export interface MeshPoint extends Point {
  readonly z: number
}

/** 468 landmarks in MediaPipe's canonical order. */
export interface FaceMesh {
  readonly points: readonly MeshPoint[]
  /** Probability that the crop shows a face, 0..1. */
  readonly presence: number
}

export interface AnalysedFace extends DetectedFace {
  readonly index: number
  readonly mesh: FaceMesh
  /** Mean of the mesh's points around each eye; the person's own left and right. */
  readonly leftEye: Point
  readonly rightEye: Point
  /** Roll in degrees; positive when the head leans clockwise as seen in the picture. */
  readonly tilt: number
}

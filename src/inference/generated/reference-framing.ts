import type { DeliveryProfile } from '../../domain/delivery-profile.ts'
import type { Box, Size } from '../../domain/geometry.ts'
import type { AnalysedFace } from '../faces/face.ts'
import { ovalBounds } from '../faces/head.ts'

/** Hair above the mesh's topmost points, in heights of the face's oval (Farkas 1994: trichion to vertex about a quarter). */
const HAIR = 0.28
/** A close view of a face, in heights of its oval: the head with a little of what is around it. */
const CLOSE = 1.9

/**
 * The part of a photo that lies in the frame of a purpose, head and eyes where its profile wants them; it may reach beyond
 * the photo.
 *
 * @returns in the face's own pixels
 */
export function framedPart(face: AnalysedFace, profile: DeliveryProfile, { width, height }: Size): Box {
  const oval = ovalBounds(face)
  const head = oval.height * (1 + HAIR)
  const frame = { height: head / profile.headHeight, width: ((head / profile.headHeight) * width) / height }
  const eyes = middleOfEyes(face)
  return { x: eyes.x - frame.width / 2, y: eyes.y - profile.eyeLine * frame.height, ...frame }
}

/** The head alone, square. @returns in the face's own pixels */
export function closePart(face: AnalysedFace): Box {
  const oval = ovalBounds(face)
  const side = CLOSE * oval.height
  return {
    x: oval.x + oval.width / 2 - side / 2,
    y: oval.y + oval.height * (0.5 - HAIR / 2) - side / 2,
    width: side,
    height: side
  }
}

function middleOfEyes({ leftEye, rightEye }: AnalysedFace) {
  return { x: (leftEye.x + rightEye.x) / 2, y: (leftEye.y + rightEye.y) / 2 }
}

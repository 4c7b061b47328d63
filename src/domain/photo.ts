import { z } from 'zod'
import { boxSchema, pointSchema } from './geometry.ts'

/** One face as a photographer sees it in a list: where it is and how sure the detector is. Ordered left to right. */
export const faceSummarySchema = z.object({
  /** Position in the photo's list of faces, from 0. */
  index: z.int().nonnegative(),
  box: boxSchema,
  /** The person's own left and right eye centres. */
  leftEye: pointSchema,
  rightEye: pointSchema,
  /** Detector's probability, 0..1. */
  confidence: z.number().min(0).max(1)
})
export type FaceSummary = z.infer<typeof faceSummarySchema>

/** Pixels of the original photo; a face less wide than this carries too little to make a portrait of. */
export const MINIMUM_FACE_WIDTH = 64

/** Index of the person meant where nobody has been chosen: the only face large enough for a portrait; null where several are, or none. */
export function onlyFace(faces: readonly Pick<FaceSummary, 'index' | 'box'>[]): number | null {
  const [only, another] = faces.filter(({ box }) => box.width >= MINIMUM_FACE_WIDTH)
  // Of faces that are all too small a single one is still the one that is meant, so that its size is what is told.
  if (!only) return faces.length === 1 ? (faces[0]?.index ?? null) : null
  return another ? null : only.index
}

/** What is known of a photo before anything is made of it. */
export const photoInspectionSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  mediaType: z.string(),
  bitsPerChannel: z.int().positive(),
  /** Description of the embedded ICC profile, or the space assumed where there is none. */
  colourSpace: z.string(),
  faces: z.array(faceSummarySchema),
  /** Said to the photographer, e.g. "the embedded preview of the RAW file is used". */
  notes: z.array(z.string())
})
export type PhotoInspection = z.infer<typeof photoInspectionSchema>

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

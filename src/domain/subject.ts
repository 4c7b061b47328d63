import { z } from 'zod'
import { instantSchema } from './instant.ts'
import { artifactIdSchema } from './job.ts'
import { photoInspectionSchema } from './photo.ts'

export const subjectNameSchema = z.string().trim().min(1).max(200)

/** A person: every photo and every job belongs to one. */
export const subjectSchema = z.object({
  _id: z.string().min(1),
  /** Counts every stored change. */
  revision: z.int().nonnegative(),
  name: subjectNameSchema,
  createdAt: instantSchema,
  updatedAt: instantSchema,
  /** When it was put into the bin. */
  deletedAt: instantSchema.nullable()
})
export type Subject = z.infer<typeof subjectSchema>

/** A reference photo in the studio, with the person who is meant in it. */
export const studioPhotoSchema = z.object({
  _id: z.string().min(1),
  revision: z.int().nonnegative(),
  subjectId: z.string(),
  artifact: artifactIdSchema,
  /** File name as the photographer knows it, without a path. */
  name: z.string(),
  bytes: z.int().nonnegative(),
  inspection: photoInspectionSchema,
  /** Index into the inspection's faces; null until it is chosen. */
  face: z.int().nonnegative().nullable(),
  importedAt: instantSchema,
  updatedAt: instantSchema,
  deletedAt: instantSchema.nullable()
})
export type StudioPhoto = z.infer<typeof studioPhotoSchema>

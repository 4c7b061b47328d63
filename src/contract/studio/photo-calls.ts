import { z } from 'zod'
import { serializedErrorSchema } from '../../domain/errors.ts'
import { ownBackdropSchema } from '../../domain/job.ts'
import { machinePathSchema } from '../../domain/machine-path.ts'
import { studioPhotoSchema, subjectNameSchema, subjectSchema } from '../../domain/subject.ts'
import { command, query } from './call-definition.ts'
import { bulkResultSchema, idSchema, idsSchema, nothingSchema } from './shapes.ts'

/** What is dropped or pasted: a file or folder of this machine, or the bytes of a picture that has no path. */
export const photoSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('path'), path: machinePathSchema }),
  z.strictObject({ kind: z.literal('bytes'), name: z.string().min(1).max(255), bytes: z.instanceof(Uint8Array) })
])
export type PhotoSource = z.infer<typeof photoSourceSchema>

export const rejectedPhotoSchema = z.object({
  name: z.string(),
  path: z.string().nullable(),
  error: serializedErrorSchema
})
export type RejectedPhoto = z.infer<typeof rejectedPhotoSchema>

export const intakeSchema = z.object({ accepted: z.array(studioPhotoSchema), rejected: z.array(rejectedPhotoSchema) })
export type Intake = z.infer<typeof intakeSchema>

const subjectWithCountsSchema = subjectSchema.extend({
  photos: z.int().nonnegative(),
  jobs: z.int().nonnegative()
})
export type SubjectWithCounts = z.infer<typeof subjectWithCountsSchema>

export const PHOTO_CALLS = {
  /**
   * Long. Folders are walked; each photo is looked at by itself, so that one that cannot be read costs no other. The
   * event `intake.changed` tells each as it is known. Without a subject each photo begins a new one named by its file.
   * A photo that this subject has already is answered as it is and not added again.
   */
  'photos.import': command(
    z.strictObject({
      sources: z.array(photoSourceSchema).min(1).max(10_000),
      subjectId: idSchema.nullable().default(null)
    }),
    intakeSchema
  ),
  /**
   * A panorama (.hdr, .exr) or photograph that is to stand behind somebody; orders name what is answered.
   * @throws what the engine says of a file that cannot be used, e.g. `file-unsupported`, `image-damaged`.
   */
  'backdrops.import': command(z.strictObject({ source: photoSourceSchema }), ownBackdropSchema),
  /** The built-in sample, for the first steps. */
  'photos.importSample': command(nothingSchema, intakeSchema),
  /** All photos of these subjects, or all there are; newest first. */
  'photos.list': query(
    z.strictObject({ subjectIds: z.array(idSchema).nullable().default(null), bin: z.boolean().default(false) }),
    z.object({ photos: z.array(studioPhotoSchema) })
  ),
  'photos.get': query(z.strictObject({ id: idSchema }), studioPhotoSchema),
  /**
   * Who is meant in a group photo. `asNewSubject` leaves the photo as it is and adds it once more for the other person.
   * @throws `photo-missing`, `face-choice-invalid`.
   */
  'photos.chooseFace': command(
    z.strictObject({ id: idSchema, face: z.int().nonnegative(), asNewSubject: z.boolean().default(false) }),
    studioPhotoSchema
  ),
  /** To another subject; null begins a new one for each photo. */
  'photos.move': command(z.strictObject({ ids: idsSchema, subjectId: idSchema.nullable() }), bulkResultSchema),
  'photos.remove': command(z.strictObject({ ids: idsSchema }), bulkResultSchema),
  'photos.restore': command(z.strictObject({ ids: idsSchema }), bulkResultSchema),
  /** Ordered by name. */
  'subjects.list': query(
    z.strictObject({ bin: z.boolean().default(false) }),
    z.object({ subjects: z.array(subjectWithCountsSchema) })
  ),
  'subjects.rename': command(z.strictObject({ id: idSchema, name: subjectNameSchema }), subjectSchema),
  /** Photos and jobs of the others become those of `into`. @throws `subject-missing`. */
  'subjects.merge': command(z.strictObject({ into: idSchema, others: idsSchema }), subjectSchema),
  /** Into the bin, with photos and jobs. */
  'subjects.remove': command(z.strictObject({ ids: idsSchema }), bulkResultSchema),
  'subjects.restore': command(z.strictObject({ ids: idsSchema }), bulkResultSchema),
  /** For good: the person, every photo, every job and picture that came from them. Cannot be undone. */
  'subjects.erase': command(
    z.strictObject({ ids: idsSchema }),
    bulkResultSchema.extend({ jobs: z.int().nonnegative(), pictures: z.int().nonnegative() })
  )
} as const

import { z } from 'zod'
import { briefSchema } from './brief.ts'
import { criterionIdSchema } from './criterion.ts'
import { engineDescriptionSchema, limitationSchema } from './engine.ts'
import { serializedErrorSchema } from './errors.ts'
import { sizeSchema } from './geometry.ts'
import { instantSchema } from './instant.ts'
import { judgementSchema } from './judgement.ts'
import { preferenceSchema } from './judging/preference.ts'
import { requestedEnginesSchema } from './order.ts'
import { parametersSchema } from './parameters/parameters.ts'
import { photoInspectionSchema } from './photo.ts'
import { stepSchema } from './progress.ts'
import { ratingSchema, UNRATED } from './rating.ts'
import { reportSchema } from './report.ts'
import { strictnessSchema } from './strictness.ts'

export const JOB_SCHEMA_VERSION = 1

/** The name of an artifact: SHA-256 of its bytes, lower-case hex. */
export const artifactIdSchema = z.string().regex(/^[0-9a-f]{64}$/)
export type ArtifactId = z.infer<typeof artifactIdSchema>

export const jobStatusSchema = z.enum(['pending', 'processing', 'completed', 'failed', 'cancelled'])
export type JobStatus = z.infer<typeof jobStatusSchema>

export const referenceSchema = z.object({
  artifact: artifactIdSchema,
  /** File name as the photographer knows it, without a path. */
  name: z.string(),
  bytes: z.int().nonnegative(),
  /** Index of the person's face in the inspection; null until chosen or where there is only one. */
  face: z.int().nonnegative().nullable(),
  inspection: photoInspectionSchema.nullable()
})
export type Reference = z.infer<typeof referenceSchema>

/** A panorama or photograph of the photographer's own that stands behind the person, as they handed it in. */
export const ownBackdropSchema = z.object({
  artifact: artifactIdSchema,
  /** File name as the photographer knows it, without a path. */
  name: z.string(),
  bytes: z.int().nonnegative()
})
export type OwnBackdrop = z.infer<typeof ownBackdropSchema>

/** A picture in the store. */
export const pictureSchema = z.object({
  artifact: artifactIdSchema,
  mediaType: z.string(),
  size: sizeSchema,
  sourceDetail: z.number().positive().nullable(),
  limitations: z.array(limitationSchema),
  notes: z.array(z.string())
})
export type Picture = z.infer<typeof pictureSchema>

const timingsSchema = z.partialRecord(stepSchema, z.number().nonnegative())

/** How an attempt compares with the best of those before it. */
const comparisonSchema = preferenceSchema.omit({ better: true }).extend({
  /** Number of the attempt that was the best until then. */
  against: z.int().positive(),
  /** Number of the better one of both. */
  better: z.int().positive()
})

export const attemptSchema = z.object({
  /** From 1. */
  number: z.int().positive(),
  seed: z.int().nonnegative(),
  brief: briefSchema,
  picture: pictureSchema.nullable(),
  judgement: judgementSchema.nullable(),
  /** Left out of the first one, of one that passed, and of jobs stored before attempts were compared. */
  comparison: comparisonSchema.optional(),
  /** Set when the tuner found no setting that would mend this attempt: the job stops here, whatever attempts are left. */
  nothingToMend: z.literal(true).optional(),
  /** Milliseconds each step took. */
  timings: timingsSchema,
  startedAt: instantSchema
})
export type Attempt = z.infer<typeof attemptSchema>

/** A failure of an engine after which the same step was tried again: it costs no attempt, and it is not hidden either. */
export const setbackSchema = z.object({
  step: stepSchema,
  /** Null for steps that belong to no attempt. */
  attempt: z.int().positive().nullable(),
  error: serializedErrorSchema,
  at: instantSchema
})
export type Setback = z.infer<typeof setbackSchema>

/** What is delivered: one attempt at the size that was asked for, measured again. */
export const deliverableSchema = z.object({
  attempt: z.int().positive(),
  picture: pictureSchema,
  judgement: judgementSchema
})
export type Deliverable = z.infer<typeof deliverableSchema>

/**
 * Proof that one worker holds a job. `beat` counts up while the worker lives; an observer that sees the same token and
 * beat for the lease time on its own monotonic clock may take the job over.
 */
export const leaseSchema = z.object({
  owner: z.string(),
  bootId: z.string(),
  token: z.string(),
  beat: z.int().nonnegative(),
  /** Transitions made under this lease: each names the one it follows, so that none is made twice or late. */
  writes: z.int().nonnegative().default(0)
})
export type Lease = z.infer<typeof leaseSchema>

export const jobEnginesSchema = z.object({
  vlm: engineDescriptionSchema,
  generator: engineDescriptionSchema,
  examiner: engineDescriptionSchema
})
export type JobEngines = z.infer<typeof jobEnginesSchema>

const listingSchema = z.object({
  /** File name of the first reference, lower case. */
  name: z.string(),
  /** Of the picture that stands for the job. */
  score: z.number().nullable(),
  /** Beginnings of words, lower case. */
  terms: z.array(z.string())
})

/** A job as it is stored: one document, no image bytes. */
export const jobSchema = z.object({
  _id: z.string().min(1),
  schemaVersion: z.literal(JOB_SCHEMA_VERSION),
  /** Counts every stored change; makes change feeds idempotent. */
  revision: z.int().nonnegative(),
  subjectId: z.string(),
  status: jobStatusSchema,
  /** Higher first; equal ones in the order of creation. */
  priority: z.int(),
  /** Place in the queue among jobs of equal priority, lower first: milliseconds of its creation until it is moved. */
  position: z.number().default(0),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  references: z.array(referenceSchema).min(1),
  parameters: parametersSchema,
  /** Set where the background is `own_backdrop`; jobs stored before there were any have none. */
  backdrop: ownBackdropSchema.nullable().default(null),
  /** Seed of the first attempt; the seeds of the others follow from it. */
  seed: z.int().nonnegative(),
  maxAttempts: z.int().positive(),
  /** Names asked for by the user; null lets the studio choose. */
  requestedEngines: requestedEnginesSchema,
  strictness: strictnessSchema.default({}),
  engines: jobEnginesSchema.nullable(),
  attempts: z.array(attemptSchema),
  /** Oldest first. */
  setbacks: z.array(setbackSchema),
  final: deliverableSchema.nullable(),
  best: deliverableSchema.nullable(),
  chosenBy: z.enum(['judge', 'user']).nullable(),
  /** The attempt the photographer wants delivered, whatever the judge says; null leaves it to the judge. */
  wantedAttempt: z.int().positive().nullable().default(null),
  rating: ratingSchema.default(UNRATED),
  /** By number of the attempt. Apart from the attempts, which whoever works on the job writes whole. */
  attemptRatings: z.record(z.string().regex(/^[1-9]\d*$/), ratingSchema).default({}),
  report: reportSchema.nullable(),
  /** Why the job failed without a verdict, e.g. the photo has no face. */
  error: serializedErrorSchema.nullable(),
  /** Set while an engine is away: the job waits in plain sight. */
  waiting: z.object({ error: serializedErrorSchema, since: instantSchema }).nullable(),
  lease: leaseSchema.nullable(),
  /** Times a worker has claimed it; a job that keeps killing its worker is given up. */
  claims: z.int().nonnegative(),
  timings: timingsSchema,
  /** Times it has ended; one that is resumed ends again. */
  endings: z.int().nonnegative().default(0),
  /** The last ending has not been passed on to the webhooks. Stored with the ending itself, so that no crash loses it. */
  untold: z.boolean().default(false),
  /** Every artifact the job refers to, for counting references. */
  artifacts: z.array(artifactIdSchema),
  /** Every criterion that an attempt or the delivery failed, for finding jobs by it. */
  failedCriteria: z.array(criterionIdSchema).default([]),
  /** What lists are ordered and searched by, see `listingOf`. */
  listing: listingSchema.default({ name: '', score: null, terms: [] }),
  /** Tombstone: when it was removed; its pictures go when the bin is emptied. */
  deletedAt: instantSchema.nullable()
})
export type Job = z.infer<typeof jobSchema>

/** What a list shows of a job; ledgers are read on demand. */
export const jobSummarySchema = jobSchema
  .pick({
    _id: true,
    revision: true,
    subjectId: true,
    status: true,
    priority: true,
    createdAt: true,
    updatedAt: true,
    parameters: true,
    position: true,
    maxAttempts: true,
    chosenBy: true,
    rating: true,
    attemptRatings: true,
    failedCriteria: true,
    deletedAt: true
  })
  .extend({
    name: z.string(),
    attempts: z.int().nonnegative(),
    /** The picture that stands for the job: final, else best, else the newest attempt, else the reference. */
    cover: artifactIdSchema.nullable(),
    coverKind: z.enum(['final', 'best', 'attempt', 'reference']),
    /** Pixels; null while the reference has not been looked at. */
    coverSize: sizeSchema.nullable(),
    /** The judge's verdict on each attempt so far, in order; null while there is none. */
    verdicts: z.array(z.boolean().nullable()),
    /** Name of the image generator; null until it is chosen. */
    generator: z.string().nullable(),
    score: z.number().min(0).max(1).nullable(),
    waiting: z.boolean(),
    errorCode: z.string().nullable()
  })
export type JobSummary = z.infer<typeof jobSummarySchema>

export function isEnded(status: JobStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}

/** Seed of attempt `number` (from 1) of a job: distinct for each attempt, kept below 2^31 so that every server takes it. */
export function attemptSeed(jobSeed: number, number: number): number {
  return (jobSeed + (number - 1) * 7919) % 0x7fffffff
}

/**
 * The best of the attempts that were judged: each that was compared with the best before it takes its place where it
 * was found better; without a comparison the higher score does, and of equal ones the later.
 */
export function bestAttempt(attempts: readonly Attempt[]): Attempt | undefined {
  const score = (attempt: Attempt) => attempt.judgement?.score ?? -1
  let best: Attempt | undefined
  for (const each of attempts) {
    if (!each.judgement) continue
    const { comparison } = each
    const isBetter =
      comparison && comparison.against === best?.number
        ? comparison.better === each.number
        : best === undefined || score(each) >= score(best)
    if (isBetter) best = each
  }
  return best
}

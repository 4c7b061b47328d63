import { z } from 'zod'
import { criterionSchema } from '../../domain/criterion.ts'
import { serializedErrorSchema } from '../../domain/errors.ts'
import { instantSchema } from '../../domain/instant.ts'
import { jobSummarySchema } from '../../domain/job.ts'
import { modelStateSchema } from '../../domain/models/model-state.ts'
import { progressSchema, stepSchema } from '../../domain/progress.ts'
import { settingsSchema } from '../../domain/settings.ts'
import { studioPhotoSchema, subjectSchema } from '../../domain/subject.ts'
import { COMMANDS, type CommandId } from './commands.ts'
import { jobCountsSchema } from './job-calls.ts'
import { swatchKeySchema } from './media.ts'
import { rejectedPhotoSchema } from './photo-calls.ts'
import { engineStateSchema, watchStateSchema } from './studio-calls.ts'

const milliseconds = z.number().nonnegative()

/** Where a job that runs is right now. */
export const jobProgressEventSchema = z.object({
  jobId: z.string(),
  step: stepSchema,
  /** From 1; null for steps that belong to no attempt. */
  attempt: z.int().positive().nullable(),
  /** In the engine's own words; null when the step has just begun. */
  activity: z.string().nullable(),
  done: z.number().nonnegative(),
  total: z.number().positive(),
  /** To the end of the step, and of the job should this attempt pass; null while nothing is known. */
  stepLeftMs: milliseconds.nullable(),
  leftMs: milliseconds.nullable(),
  /** Rows of this attempt's ledger that have been measured so far. */
  ledger: z.array(criterionSchema),
  /** For `swatch/<key>`: the picture as it forms; null where the engine shows none. */
  preview: swatchKeySchema.nullable()
})
export type JobProgressEvent = z.infer<typeof jobProgressEventSchema>

/** Something worth saying that belongs to no call. */
export const noticeSchema = z.object({
  id: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  /** Stable; error codes, and `job-completed`, `job-failed`, `queue-empty`, `engine-restarted`, `renderer-restarted`, `resumed-after-crash`. */
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
  jobId: z.string().nullable(),
  error: serializedErrorSchema.nullable(),
  at: instantSchema
})
export type Notice = z.infer<typeof noticeSchema>

const commandIdSchema = z.enum(Object.keys(COMMANDS) as [CommandId, ...CommandId[]])

/** Everything the studio tells by itself. Whoever hears a `changed` keeps, of each thing, the one of highest revision. */
const events = {
  /** Created, moved on, rated, ended, restored; `removed` names those that went into the bin or were erased. */
  'jobs.changed': z.object({ changed: z.array(jobSummarySchema), removed: z.array(z.string()) }),
  /** A job that cannot be read came back: what lists show has to be read again. */
  'jobs.stale': z.object({}),
  'job.progress': jobProgressEventSchema,
  'photos.changed': z.object({
    photos: z.array(studioPhotoSchema),
    removedPhotos: z.array(z.string()),
    subjects: z.array(subjectSchema),
    removedSubjects: z.array(z.string())
  }),
  'presets.changed': z.object({}),
  'settings.changed': settingsSchema,
  'queue.changed': z.object({
    paused: z.boolean(),
    counts: jobCountsSchema,
    running: z.array(z.string()),
    /** Until everything that waits has ended, if all goes as it mostly did. */
    leftMs: milliseconds.nullable()
  }),
  'engines.changed': z.object({ engines: z.array(engineStateSchema) }),
  /** How it stands with every model; often while one is downloaded. */
  'models.changed': z.object({ models: z.array(modelStateSchema) }),
  /** Of a call that was given a task id. */
  'task.progress': z.object({
    task: z.string(),
    progress: progressSchema.omit({ withinMs: true, ledger: true, preview: true })
  }),
  /** Photos as an import or a watched folder takes them in; `waiting`: how many are still to be looked at. */
  'intake.changed': z.object({
    task: z.string().nullable(),
    watchFolderId: z.string().nullable(),
    waiting: z.int().nonnegative(),
    accepted: z.array(studioPhotoSchema),
    rejected: z.array(rejectedPhotoSchema)
  }),
  /** Of the server that serves browsers; ask again. */
  'server.changed': z.object({}),
  'watch.changed': z.object({ folders: z.array(watchStateSchema) }),
  notice: noticeSchema,
  /** Chosen in the native menu, or asked for by the system. */
  'menu.command': z.object({ command: commandIdSchema }),
  /** Only in the desktop studio. */
  'window.changed': z.object({ fullScreen: z.boolean(), focused: z.boolean() }),
  /**
   * Told by a transport that can break, never by the studio: whether it is heard at all, and whether something was told
   * meanwhile that this page has missed, so that what it mirrors must be read again.
   */
  'connection.changed': z.object({ connected: z.boolean(), missed: z.boolean() })
} as const

type Events = typeof events
export type StudioEventName = keyof Events
export type StudioEventPayload<N extends StudioEventName> = z.output<Events[N]>

export const STUDIO_EVENTS: { readonly [N in StudioEventName]: z.ZodType<StudioEventPayload<N>> } = events

/** What concerns the window on the studio's own machine, and nobody else. */
export const WINDOW_EVENTS: ReadonlySet<StudioEventName> = new Set(['menu.command', 'window.changed'])

export const STUDIO_EVENT_NAMES = Object.keys(events) as StudioEventName[]
export type QueueState = StudioEventPayload<'queue.changed'>

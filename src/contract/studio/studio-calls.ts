import { z } from 'zod'
import { engineDescriptionSchema } from '../../domain/engine.ts'
import { serializedErrorSchema } from '../../domain/errors.ts'
import { ownBackdropSchema } from '../../domain/job.ts'
import { machinePathSchema } from '../../domain/machine-path.ts'
import { settingsSchema } from '../../domain/settings.ts'
import { watchFolderSchema } from '../../domain/watch-folder.ts'
import { command, desktopOnly, query } from './call-definition.ts'
import { swatchKeySchema } from './media.ts'
import { idSchema, nothingSchema } from './shapes.ts'

const studioDescriptionSchema = z.object({
  version: z.string(),
  platform: z.enum(['darwin', 'win32', 'linux', 'other']),
  /** The window stands on the studio's own machine: what is marked `desktop` can be asked. */
  desktop: z.boolean(),
  /** e.g. "Electron 45.4.1", "Node 20.20.0"; for About and reports of faults. */
  runtime: z.array(z.string()),
  dataFolder: z.string(),
  /** Where jobs are kept, in words. */
  store: z.string(),
  maxAttempts: z.int().positive(),
  paused: z.boolean()
})
export type StudioDescription = z.infer<typeof studioDescriptionSchema>

export const engineStateSchema = z.object({
  port: z.enum(['examiner', 'generator', 'vlm']),
  engine: z.string(),
  label: z.string(),
  /**
   * idle: its process starts with the next call; with an error where the last one came to a bad end. busy: it works, or
   * starts. away: it does not answer; jobs that need it wait. uninstalled: it has no model on this machine.
   */
  state: z.enum(['idle', 'ready', 'busy', 'away', 'uninstalled']),
  /** null while it is away and has never answered. */
  description: engineDescriptionSchema.nullable(),
  /** Orders that name none get this one. */
  preferred: z.boolean(),
  error: serializedErrorSchema.nullable()
})
export type EngineState = z.infer<typeof engineStateSchema>

export const watchStateSchema = watchFolderSchema.extend({
  state: z.enum(['watching', 'off', 'away']),
  error: serializedErrorSchema.nullable(),
  /** Since the studio started. */
  queued: z.int().nonnegative()
})
export type WatchState = z.infer<typeof watchStateSchema>

const bytes = z.number().nonnegative()

export const swatchSchema = z.object({
  /** Of the background or lighting. */
  id: z.string(),
  /** For `swatch/<key>`; null where it could not be made. */
  key: swatchKeySchema.nullable(),
  /** Shows the person of the photo; else the one of the sample. */
  personal: z.boolean(),
  error: serializedErrorSchema.nullable()
})
export type Swatch = z.infer<typeof swatchSchema>

export const STUDIO_CALLS = {
  'studio.describe': query(nothingSchema, studioDescriptionSchema),
  /** The texts of LICENSE and NOTICE. */
  'studio.licences': query(nothingSchema, z.object({ licence: z.string(), notice: z.string() })),
  'settings.get': query(nothingSchema, settingsSchema),
  /** Each setting that is named is replaced as a whole; undefined ones stay. */
  'settings.set': command(z.strictObject({ change: settingsSchema.partial() }), settingsSchema),
  /**
   * Small pictures for the pickers: this person on each background, or under each light of the background given.
   * Without a photo, or until its person is chosen, they show the person of the sample. Ask for a few at a time, the
   * visible ones first.
   */
  'swatches.render': query(
    z.strictObject({
      photoId: idSchema.nullable(),
      of: z.enum(['background', 'lighting']),
      ids: z.array(z.string().min(1).max(200)).min(1).max(64),
      /** The other choices the swatches are shown with. */
      background: z.string().min(1).max(200).optional(),
      lighting: z.string().min(1).max(200).optional(),
      /** The file of `own_backdrop`; without it the swatch of that background says what is missing. */
      backdrop: ownBackdropSchema.nullable().default(null),
      /** Pixels. */
      longEdge: z.int().min(48).max(512).default(160)
    }),
    z.object({ swatches: z.array(swatchSchema) })
  ),
  'watch.list': query(nothingSchema, z.object({ folders: z.array(watchStateSchema) })),
  /** Photos that are in the folder already are left alone. @throws `folder-unreadable`. */
  'watch.add': command(watchFolderSchema.omit({ _id: true }).strict(), watchStateSchema),
  'watch.change': command(
    z.strictObject({ id: idSchema, change: watchFolderSchema.omit({ _id: true, folder: true }).partial() }),
    watchStateSchema
  ),
  'watch.remove': command(z.strictObject({ id: idSchema }), nothingSchema),
  /** Bytes; `free` is what is left on the drive of the store. */
  'storage.usage': query(
    nothingSchema,
    z.object({
      folder: z.string(),
      database: bytes,
      pictures: z.object({ count: z.int().nonnegative(), bytes }),
      cache: bytes,
      free: bytes,
      bin: z.object({ jobs: z.int().nonnegative(), photos: z.int().nonnegative() })
    })
  ),
  /** Erases everything in the bin for good. */
  'storage.emptyBin': command(
    nothingSchema,
    z.object({ jobs: z.int().nonnegative(), pictures: z.int().nonnegative() })
  ),
  /** Thumbnails and swatches; they are made again when they are needed. */
  'storage.clearCache': command(nothingSchema, z.object({ bytes })),
  'engines.list': query(nothingSchema, z.object({ engines: z.array(engineStateSchema) })),
  /** Ends a call that was given this task id; a call that has ended already is left alone. */
  'tasks.cancel': command(z.strictObject({ task: z.string().min(1).max(100) }), nothingSchema),
  /** `of`: what it is for, which is all the same to a window but not to a browser. */
  'dialogs.chooseFolder': desktopOnly(
    z.strictObject({
      title: z.string().max(200),
      of: z.enum(['photos', 'delivery', 'watched', 'models']),
      startAt: machinePathSchema.nullable().default(null)
    }),
    z.object({ path: z.string().nullable() })
  ),
  'dialogs.chooseFiles': desktopOnly(
    z.strictObject({ title: z.string().max(200), of: z.enum(['photos', 'backdrops', 'presets', 'proofing']) }),
    z.object({ paths: z.array(z.string()) })
  ),
  'dialogs.saveFile': desktopOnly(
    z.strictObject({
      title: z.string().max(200),
      name: z.string().min(1).max(255),
      of: z.enum(['presets', 'pdf', 'html']),
      startAt: machinePathSchema.nullable().default(null)
    }),
    z.object({ path: z.string().nullable() })
  ),
  /** Shows a file in the system's own file manager. */
  'desktop.showInFolder': desktopOnly(z.strictObject({ path: machinePathSchema }), nothingSchema),
  /** Opens one of the studio's own pages in the browser; every other address is refused. */
  'desktop.openPage': desktopOnly(z.strictObject({ page: z.enum(['licence', 'iptc-source-types']) }), nothingSchema),
  'desktop.copyText': desktopOnly(z.strictObject({ text: z.string().max(100_000) }), nothingSchema),
  'desktop.setFullScreen': desktopOnly(z.strictObject({ on: z.boolean().nullable() }), z.object({ on: z.boolean() }))
} as const

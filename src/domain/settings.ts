import { z } from 'zod'
import { exportPresetSchema } from './delivery/export-preset.ts'
import { orderSettingsSchema } from './order.ts'

/** What surrounds the picture on the stage: skin is judged against a known grey. */
export const SURROUNDS = ['white', 'light', 'mid', 'dark', 'black'] as const
export const surroundSchema = z.enum(SURROUNDS)
export type Surround = z.infer<typeof surroundSchema>

/** `system` follows the operating system and falls back to English. */
export const languageSchema = z.enum(['system', 'en', 'de'])
export type Language = z.infer<typeof languageSchema>

const panelSchema = z.object({ open: z.boolean(), size: z.int().min(80).max(1200) })

/** Sizes in CSS pixels. */
const panelsSchema = z.object({
  left: panelSchema.default({ open: true, size: 240 }),
  right: panelSchema.default({ open: true, size: 300 }),
  filmstrip: panelSchema.default({ open: true, size: 104 })
})

/** Everything the studio remembers of how somebody likes to work. What was never set has its default. */
export const settingsSchema = z.object({
  language: languageSchema.default('system'),
  surround: surroundSchema.default('dark'),
  panels: panelsSchema.prefault({}),
  /** Written into finished files; empty: none. */
  author: z.string().trim().max(200).default(''),
  copyright: z.string().trim().max(200).default(''),
  /** Keys of commands that differ from the defaults, as `Mod+Shift+K`; an empty list: no key. */
  shortcuts: z.record(z.string(), z.array(z.string().min(1).max(40)).max(4)).default({}),
  /** What a new order begins with. */
  order: orderSettingsSchema.prefault({}),
  exportFolder: z.string().nullable().default(null),
  exportPresets: z.array(exportPresetSchema).default([]),
  notifications: z.boolean().default(true),
  /** The machine does not fall asleep while jobs run. */
  keepAwake: z.boolean().default(true),
  /** Days until what is in the bin is erased. */
  binDays: z.int().min(1).max(365).default(30),
  /** The first steps were shown and dismissed. */
  welcomed: z.boolean().default(false)
})
export type Settings = z.infer<typeof settingsSchema>

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({})

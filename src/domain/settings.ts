import { z } from 'zod'
import { exportPresetSchema } from './delivery/export-preset.ts'
import { machinePathSchema } from './machine-path.ts'
import { orderSettingsSchema } from './order.ts'

/** What surrounds the picture on the stage: skin is judged against a known grey. */
export const SURROUNDS = ['white', 'light', 'mid', 'dark', 'black'] as const
export const surroundSchema = z.enum(SURROUNDS)

/** `system` follows the operating system and falls back to English. */
export const languageSchema = z.enum(['system', 'en', 'de'])

const panelSchema = z.object({ open: z.boolean(), size: z.int().min(80).max(1200) })

/** Sizes in CSS pixels. */
const panelsSchema = z.object({ left: panelSchema, right: panelSchema, filmstrip: panelSchema })

/** Everything the studio remembers of how somebody likes to work. */
export const settingsSchema = z.object({
  language: languageSchema,
  surround: surroundSchema,
  panels: panelsSchema,
  /** Written into finished files; empty: none. */
  author: z.string().trim().max(200),
  copyright: z.string().trim().max(200),
  /** Keys of commands that differ from the defaults, as `Mod+Shift+K`; an empty list: no key. */
  shortcuts: z.record(z.string(), z.array(z.string().min(1).max(40)).max(4)),
  /** What a new order begins with. */
  order: orderSettingsSchema,
  exportFolder: machinePathSchema.nullable(),
  exportPresets: z.array(exportPresetSchema),
  notifications: z.boolean(),
  /** The machine does not fall asleep while jobs run. */
  keepAwake: z.boolean(),
  /** Days until what is in the bin is erased. */
  binDays: z.int().min(1).max(365),
  /** The first steps were shown and dismissed. */
  welcomed: z.boolean()
})
export type Settings = z.infer<typeof settingsSchema>

/** What was never set. */
export const DEFAULT_SETTINGS: Settings = {
  language: 'system',
  surround: 'dark',
  panels: { left: { open: true, size: 240 }, right: { open: true, size: 300 }, filmstrip: { open: true, size: 104 } },
  author: '',
  copyright: '',
  shortcuts: {},
  order: orderSettingsSchema.parse({}),
  exportFolder: null,
  exportPresets: [],
  notifications: true,
  keepAwake: true,
  binDays: 30,
  welcomed: false
}

import { Option } from 'commander'
import { z } from 'zod'
import { contactSheetOptionsSchema } from '../../domain/delivery/contact-sheet.ts'
import type { DeliveryItem } from '../../domain/delivery/delivery-item.ts'
import {
  exportFormatSchema,
  exportOptionsSchema,
  outputProfileSchema,
  sharpenForSchema
} from '../../domain/delivery/export-options.ts'
import {
  collisionRuleSchema,
  EXPORT_PRESETS,
  type ExportPreset,
  exportPresetSchema
} from '../../domain/delivery/export-preset.ts'
import type { ExportSize } from '../../domain/delivery/export-size.ts'
import { DEFAULT_NAME_TEMPLATE, NAME_FIELDS } from '../../domain/delivery/name-template.ts'
import { StudioError } from '../../domain/errors.ts'
import { parseOptions } from './studio-session.ts'
import { wholeNumber } from './whole-number.ts'

const MM_PER_INCH = 25.4
const DEFAULT_PPI = 300

/** `2048`, `1800px`, `13x18cm`, `5x7in@240`: pixels of the longer edge, or paper at pixels per inch. */
function parseSize(text: string): ExportSize | null {
  if (text === 'original') return { kind: 'original' }
  const edge = /^(\d+)(?:px)?$/.exec(text)
  if (edge) return { kind: 'long-edge', pixels: Number(edge[1]) }
  const paper = /^(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|cm|in)(?:@(\d+))?$/.exec(text)
  if (!paper) return null
  const [, width = '', height = '', unit = '', ppi] = paper
  const mm = { mm: 1, cm: 10, in: MM_PER_INCH }[unit] ?? 1
  return {
    kind: 'print',
    widthMm: Number(width) * mm,
    heightMm: Number(height) * mm,
    pixelsPerInch: ppi === undefined ? DEFAULT_PPI : Number(ppi)
  }
}

const choices = (schema: { readonly options: readonly string[] }) => schema.options.join(', ')

export function exportOptions(): Option[] {
  const presets = EXPORT_PRESETS.map(({ _id }) => _id).join(', ')
  const fields = Object.keys(NAME_FIELDS).map((field) => `{${field}}`)
  return [
    new Option('--preset <id...>', `start from these: ${presets}; several write each picture several times`),
    new Option('--format <format>', choices(exportFormatSchema)),
    new Option('--quality <n>', '1 to 100, of jpeg, webp and avif'),
    new Option('--bits <n>', '8 or 16 per channel; 16 in tiff and png, where the picture has them'),
    new Option('--size <size>', 'original, 2048 (longer edge), 13x18cm or 5x7in@240 (print)'),
    new Option('--enlarge', 'enlarge a picture that is smaller than the size'),
    new Option('--sharpen <medium>', choices(sharpenForSchema)),
    new Option('--profile <profile>', choices(outputProfileSchema)),
    new Option('--name <template>', `of ${fields.join(' ')}; a slash makes folders`),
    new Option('--metadata <keep>', 'all, copyright, none'),
    new Option('--location', 'keep where the photo was taken'),
    new Option('--no-recipe', 'leave out how the picture was made'),
    new Option('--creator <name>', 'instead of the one in the photo'),
    new Option('--copyright <text>', 'instead of the one in the photo'),
    new Option('--collision <rule>', 'where a name is taken: number, replace, skip')
  ]
}

const rawExportSchema = z.object({
  preset: z.array(z.string()).default([]),
  format: z.string().optional(),
  quality: wholeNumber(1, 100).optional(),
  bits: wholeNumber(8, 16).optional(),
  size: z.string().optional(),
  enlarge: z.boolean().optional(),
  sharpen: z.string().optional(),
  profile: z.string().optional(),
  name: z.string().optional(),
  metadata: z.string().optional(),
  location: z.boolean().optional(),
  recipe: z.boolean().default(true),
  creator: z.string().optional(),
  copyright: z.string().optional(),
  collision: collisionRuleSchema.optional()
})
type RawExport = z.infer<typeof rawExportSchema>

const given = (values: object) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

/** The presets named, each with what the command line changes; without any, the defaults with these changes. */
export function parseExportPresets(raw: unknown): ExportPreset[] {
  const options = parseOptions(rawExportSchema, raw)
  const plain = { _id: 'command-line', name: 'Export', ...parseOptions(exportOptionsSchema, {}) }
  const chosen = options.preset.length === 0 ? [plain] : options.preset.map(builtIn)
  return chosen.map((preset) => parseOptions(exportPresetSchema, changed(preset, options)))
}

function changed(preset: object & { metadata: object }, options: RawExport): object {
  const { format, quality, bits, enlarge, sharpen, profile, collision } = options
  const { metadata, location, recipe, creator, copyright } = options
  const size = options.size === undefined ? undefined : sizeOf(options.size)
  return {
    nameTemplate: DEFAULT_NAME_TEMPLATE,
    ...preset,
    ...given({ format, quality, bitsPerChannel: bits, size, enlarge, sharpenFor: sharpen, profile, collision }),
    ...given({ nameTemplate: options.name }),
    metadata: {
      ...preset.metadata,
      ...given({ keep: metadata, location, creator, copyright }),
      ...(recipe ? {} : { recipe: false })
    }
  }
}

function sizeOf(text: string): ExportSize {
  const size = parseSize(text)
  if (size) return size
  throw new StudioError('option-invalid', `--size takes original, 2048, 13x18cm or 5x7in@240, not "${text}".`)
}

function builtIn(id: string): ExportPreset {
  const preset = EXPORT_PRESETS.find(({ _id }) => _id === id)
  if (preset) return preset
  const ids = EXPORT_PRESETS.map(({ _id }) => _id).join(', ')
  throw new StudioError('option-invalid', `There is no preset "${id}". There are ${ids}.`)
}

const sheetSchema = z.object({
  title: z.string().optional(),
  grid: z
    .string()
    .regex(/^\d+x\d+$/, 'takes columns and rows, e.g. 4x5')
    .optional(),
  paper: z.string().optional(),
  landscape: z.boolean().default(false),
  captions: z
    .string()
    .transform((text) => text.split(','))
    .optional(),
  attempts: z.boolean().default(false)
})

export function contactSheetOptions(): Option[] {
  return [
    new Option('--title <text>', 'above the pictures'),
    new Option('--grid <columns x rows>', 'pictures on a page, e.g. 4x5'),
    new Option('--paper <size>', 'a4 or letter'),
    new Option('--landscape', 'the longer edge of the paper lies across'),
    new Option('--captions <list>', 'up to four of name, subject, purpose, picture, verdict, stars, date'),
    new Option('--attempts', 'every attempt too')
  ]
}

export function parseContactSheet(raw: unknown) {
  const { grid, landscape, ...options } = parseOptions(sheetSchema, raw)
  const [columns, rows] = grid?.split('x').map(Number) ?? []
  const orientation = landscape ? 'landscape' : 'portrait'
  return parseOptions(contactSheetOptionsSchema, given({ ...options, columns, rows, orientation }))
}

/** What each job delivered, or the attempts that are named instead. */
export function itemsOf(jobIds: readonly string[], attempts: readonly number[]): DeliveryItem[] {
  const wanted = attempts.length === 0 ? [null] : attempts
  return jobIds.flatMap((jobId) => wanted.map((attempt) => ({ jobId, attempt })))
}

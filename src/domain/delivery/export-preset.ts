import { z } from 'zod'
import { say } from '../sentences/say.ts'
import { exportOptionsSchema } from './export-options.ts'
import { DEFAULT_NAME_TEMPLATE, nameTemplateSchema } from './name-template.ts'

const MAX_NAME = 80

/**
 * What happens where a name is taken. number: a number is added. replace: the file there is replaced. skip: the picture
 * is left out. Two pictures of one export that would get the same name are numbered whatever the rule.
 */
export const collisionRuleSchema = z.enum(['number', 'replace', 'skip'])
export type CollisionRule = z.infer<typeof collisionRuleSchema>

/** One way to export, which a photographer can name, keep and use together with others. */
export const exportPresetSchema = exportOptionsSchema.extend({
  _id: z.string().min(1).max(MAX_NAME),
  name: z.string().trim().min(1).max(MAX_NAME),
  nameTemplate: nameTemplateSchema.default(DEFAULT_NAME_TEMPLATE),
  collision: collisionRuleSchema.default('number')
})
export type ExportPreset = z.infer<typeof exportPresetSchema>

const print = { kind: 'print', widthMm: 127, heightMm: 178, pixelsPerInch: 300 } as const
const BARE = { keep: 'copyright' } as const

/**
 * The presets every studio begins with. 2048 px fill a laptop's screen; 800 px are twice what networks show a profile
 * picture at; 300 ppi is what labs ask for.
 */
export const EXPORT_PRESETS: readonly ExportPreset[] = [
  {
    _id: 'web',
    name: say('preset-web'),
    quality: 85,
    size: { kind: 'long-edge', pixels: 2048 },
    sharpenFor: 'screen',
    metadata: BARE
  },
  {
    _id: 'profile-picture',
    name: say('preset-profile-picture'),
    size: { kind: 'long-edge', pixels: 800 },
    sharpenFor: 'screen',
    metadata: BARE
  },
  { _id: 'print-glossy', name: say('preset-print-glossy'), quality: 96, size: print, sharpenFor: 'print-glossy' },
  { _id: 'print-matte', name: say('preset-print-matte'), quality: 96, size: print, sharpenFor: 'print-matte' },
  { _id: 'archive', name: say('preset-archive'), format: 'tiff', bitsPerChannel: 16, profile: 'display-p3' }
].map((preset) => exportPresetSchema.parse(preset))

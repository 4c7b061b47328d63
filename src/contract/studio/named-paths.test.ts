import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { machinePathSchema } from '../../domain/machine-path.ts'
import { DEFAULT_SETTINGS } from '../../domain/settings.ts'
import { STUDIO_CALL_NAMES, STUDIO_CALLS_BY_NAME } from './calls.ts'
import { namedPaths } from './named-paths.ts'

const PRESET = { name: 'web' }

describe('the paths that a call names', () => {
  it('are found wherever the schema has one', () => {
    const schema = z.strictObject({
      one: machinePathSchema,
      none: machinePathSchema.nullable().default(null),
      many: z.array(z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), path: machinePathSchema })])),
      named: z.record(z.string(), machinePathSchema).optional(),
      text: z.string()
    })
    const value = {
      one: '/a',
      none: null,
      many: [
        { kind: 'a', path: '/b' },
        { kind: 'a', path: '/c' }
      ],
      named: { x: '/d' },
      text: '/no'
    }
    expect(namedPaths(schema, value)).toEqual(['/a', '/b', '/c', '/d'])
  })

  it.each([
    ['photos.import', { sources: [{ kind: 'path', path: '/p' }] }],
    ['backdrops.import', { source: { kind: 'path', path: '/p' } }],
    ['delivery.export', { items: [], presets: [PRESET], folder: '/p' }],
    ['delivery.previewNames', { items: [], preset: PRESET, folder: '/p' }],
    ['delivery.contactSheet', { items: [], path: '/p' }],
    ['delivery.report', { jobId: 'a', format: 'pdf', path: '/p' }],
    ['delivery.writeProofing', { items: [], options: {}, folder: '/p' }],
    ['delivery.readProofing', { path: '/p' }],
    ['presets.export', { ids: ['a'], path: '/p' }],
    ['presets.import', { path: '/p' }],
    ['watch.add', { folder: '/p' }],
    ['settings.set', { change: { ...DEFAULT_SETTINGS, exportFolder: '/p' } }]
  ] as const)('%s names one', (name, params) => {
    expect(namedPaths(STUDIO_CALLS_BY_NAME[name].params, params)).toEqual(['/p'])
  })

  it.each(STUDIO_CALL_NAMES)('%s has no schema that cannot be searched', (name) => {
    const every = (schema: z.core.$ZodType): unknown => {
      if (schema instanceof z.core.$ZodObject) {
        return Object.fromEntries(Object.entries(schema._zod.def.shape).map(([key, field]) => [key, every(field)]))
      }
      if (schema instanceof z.core.$ZodArray) return [every(schema._zod.def.element)]
      if ('innerType' in schema._zod.def) return every(schema._zod.def.innerType as z.core.$ZodType)
      return 'a value'
    }
    const { params } = STUDIO_CALLS_BY_NAME[name]
    expect(() => namedPaths(params, every(params))).not.toThrow()
  })
})

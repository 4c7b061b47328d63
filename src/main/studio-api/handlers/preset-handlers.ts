import { readFile } from 'node:fs/promises'
import { ulid } from 'ulid'
import { StudioError } from '../../../domain/errors.ts'
import { type Preset, type PresetFile, presetFileSchema } from '../../../domain/preset.ts'
import { say } from '../../../domain/sentences/say.ts'
import { writeWholeFile } from '../../delivery/output-folder.ts'
import type { ApiParts } from '../api-parts.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'

export function presetHandlers({ studio, tell }: ApiParts): HandlersOf<CallsIn<'presets'>> {
  const { presets } = studio

  const list = async () => (await presets.list()).sort((a, b) => a.name.localeCompare(b.name))

  async function found(id: string): Promise<Preset> {
    const preset = await presets.get(id)
    if (!preset) throw new StudioError('preset-missing', say('error-preset-gone'))
    return preset
  }

  async function save(preset: Preset): Promise<Preset> {
    await presets.put(preset)
    tell('presets.changed', {})
    return preset
  }

  const made = ({ name, settings, backdrop }: Pick<Preset, 'name' | 'settings' | 'backdrop'>): Preset => {
    const now = new Date()
    return { _id: ulid(), name, settings, backdrop, createdAt: now, updatedAt: now }
  }

  return {
    'presets.list': async () => ({ presets: await list() }),
    async 'presets.save'({ id, ...kept }) {
      if (id === null) return await save(made(kept))
      return await save({ ...(await found(id)), ...kept, updatedAt: new Date() })
    },
    'presets.rename': async ({ id, name }) => await save({ ...(await found(id)), name, updatedAt: new Date() }),
    async 'presets.remove'({ id }) {
      await presets.remove(id)
      tell('presets.changed', {})
      return {}
    },
    async 'presets.export'({ ids, path }) {
      const chosen = await Promise.all([...new Set(ids)].map(found))
      const file: PresetFile = {
        kind: 'apex-portrait-presets',
        version: 1,
        presets: chosen.map(({ name, settings }) => ({ name, settings }))
      }
      await writeWholeFile(path, `${JSON.stringify(file, null, 2)}\n`, 'replace')
      return { path, presets: chosen.length }
    },
    async 'presets.import'({ path }) {
      const file = await readPresetFile(path)
      const taken = new Set((await list()).map(({ name }) => name))
      const added: Preset[] = []
      for (const { name, settings } of file.presets) {
        const free = freeName(name, taken)
        taken.add(free)
        added.push(await save(made({ name: free, settings, backdrop: null })))
      }
      return { presets: added }
    }
  }
}

async function readPresetFile(path: string): Promise<PresetFile> {
  const text = await readFile(path, 'utf8')
  try {
    return presetFileSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new StudioError('preset-unreadable', `"${path}" holds no presets that can be read.`, { cause })
  }
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  for (let number = 2; ; number += 1) {
    const numbered = `${name} ${number}`
    if (!taken.has(numbered)) return numbered
  }
}

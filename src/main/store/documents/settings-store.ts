import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../../../domain/settings.ts'
import type { Identified } from '../collection.ts'
import type { Database } from '../database.ts'

const ID = 'settings'

interface Row extends Identified {
  readonly value: unknown
}

/** `undefined` leaves a setting as it is. */
export type SettingsChange = { readonly [N in keyof Settings]?: Settings[N] | undefined }

export interface SettingsStore {
  get(): Promise<Settings>
  /** Each setting that is named is replaced as a whole; those of two callers do not undo each other. */
  set(change: SettingsChange): Promise<Settings>
}

/** The settings as one document, each by its own name. */
export function createSettingsStore(database: Database): SettingsStore {
  const collection = database.collection<Row>(ID)
  const get = async () => {
    const row = await collection.findOne({ _id: ID })
    // What an older or newer studio wrote, and this one cannot read, must not keep it from starting.
    return readSettings(row?.value)
  }
  return {
    get,
    async set(change) {
      const named = Object.entries(change).filter(([, value]) => value !== undefined)
      const fields = Object.fromEntries(named.map(([name, value]) => [`value.${name}`, value]))
      if (named.length === 0) return await get()
      const changed = await collection.updateOne({ _id: ID }, { $set: fields })
      if (changed.matchedCount === 0) await collection.insertOne({ _id: ID, value: Object.fromEntries(named) })
      return await get()
    }
  }
}

function readSettings(value: unknown): Settings {
  if (typeof value !== 'object' || value === null) return DEFAULT_SETTINGS
  const whole = settingsSchema.safeParse({ ...DEFAULT_SETTINGS, ...value })
  if (whole.success) return whole.data
  const unreadable = new Set(whole.error.issues.map(({ path }) => path[0]))
  const readable = Object.entries(value).filter(([name]) => !unreadable.has(name))
  const rest = settingsSchema.safeParse({ ...DEFAULT_SETTINGS, ...Object.fromEntries(readable) })
  return rest.success ? rest.data : DEFAULT_SETTINGS
}

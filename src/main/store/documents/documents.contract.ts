import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { DEFAULT_SETTINGS } from '../../../domain/settings.ts'
import type { Database } from '../database.ts'
import type { TestDatabase } from '../test-database.fixture.ts'
import { createDocumentStore } from './document-store.ts'
import { createSettingsStore } from './settings-store.ts'

/** What small documents over any database must do. `make` gives an empty database. */
export function documentsContract(make: () => Promise<TestDatabase>): void {
  let place: TestDatabase
  let database: Database
  beforeAll(async () => {
    place = await make()
    database = await place.connect()
  })
  afterAll(() => place.dispose())

  it('are put, replaced whole, listed by id and removed', async () => {
    const schema = z.strictObject({ _id: z.string(), text: z.string(), more: z.string().optional() })
    const notes = createDocumentStore(database, 'notes', schema)
    await notes.put({ _id: 'b', text: 'two', more: 'gone soon' })
    await notes.put({ _id: 'a', text: 'one' })
    await notes.put({ _id: 'b', text: 'three' })
    expect(await notes.list()).toEqual([
      { _id: 'a', text: 'one' },
      { _id: 'b', text: 'three' }
    ])
    expect(await notes.remove('a')).toBe(true)
    expect(await notes.remove('a')).toBe(false)
    expect(await notes.get('a')).toBeNull()
    await expect(
      createDocumentStore(database, 'notes', z.strictObject({ _id: z.string() })).get('b')
    ).rejects.toMatchObject({ code: 'store-damaged' })
  })

  describe('settings', () => {
    it('have defaults, and keep what others set', async () => {
      const settings = createSettingsStore(database)
      expect(await settings.get()).toEqual(DEFAULT_SETTINGS)
      await settings.set({ surround: 'white' })
      await Promise.all([settings.set({ author: 'Ada' }), settings.set({ shortcuts: { export: ['Mod+X'] } })])
      expect(await settings.set({})).toEqual({
        ...DEFAULT_SETTINGS,
        surround: 'white',
        author: 'Ada',
        shortcuts: { export: ['Mod+X'] }
      })
    })

    it('that this studio cannot read fall back to their defaults, the others stay', async () => {
      const raw = database.collection<{ _id: string; value: unknown }>('settings')
      await raw.updateOne({ _id: 'settings' }, { $set: { 'value.surround': 'polka dots', 'value.author': 'Grace' } })
      const read = await createSettingsStore(database).get()
      expect(read).toMatchObject({ surround: DEFAULT_SETTINGS.surround, author: 'Grace' })
    })
  })
}

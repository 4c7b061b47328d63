import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { STUDIO_CALL_NAMES, STUDIO_CALLS_BY_NAME } from './calls.ts'
import { COMMANDS } from './commands.ts'
import { STUDIO_EVENT_NAMES } from './events.ts'

describe('the table of calls', () => {
  it('has no two commands on one key', () => {
    const keys = Object.values(COMMANDS).flatMap((command) => command.keys)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it.each(STUDIO_CALL_NAMES)('%s refuses what it does not know', (name) => {
    const { params } = STUDIO_CALLS_BY_NAME[name]
    expect(params.safeParse({ __unknown: 1 }).success).toBe(false)
    expect(params.safeParse(null).success).toBe(false)
  })

  it('keeps what needs the window’s own machine in areas of its own', () => {
    const desktop = STUDIO_CALL_NAMES.filter((name) => STUDIO_CALLS_BY_NAME[name].where === 'desktop')
    expect(desktop.every((name) => /^(dialogs|desktop)\.|^delivery\.(start|prepare)Drag$/.test(name))).toBe(true)
    expect(desktop.length).toBeGreaterThan(5)
  })

  it('names calls and events by area, and each once', () => {
    for (const name of STUDIO_CALL_NAMES) expect(name).toMatch(/^[a-z]+\.[a-zA-Z]+$/)
    expect(new Set([...STUDIO_CALL_NAMES, ...STUDIO_EVENT_NAMES]).size).toBe(
      STUDIO_CALL_NAMES.length + STUDIO_EVENT_NAMES.length
    )
  })

  it('can be described as JSON Schema but for bytes and dates', () => {
    for (const name of STUDIO_CALL_NAMES) {
      if (name === 'photos.import' || name === 'backdrops.import') continue
      const schema = z.toJSONSchema(STUDIO_CALLS_BY_NAME[name].params, { io: 'input' })
      expect(schema.type ?? schema.anyOf ?? schema.allOf).toBeDefined()
    }
  })
})

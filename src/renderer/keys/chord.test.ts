import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMAND_IDS, COMMANDS } from '../../contract/studio/commands.ts'
import { isPressOf, keysInWords, keysOfPress, normalised, type Press } from './chord.ts'
import { conflictsOf } from './conflicts.ts'

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more
})
const anyPress = fc.record({
  key: fc.constantFrom('a', 'Z', '1', '?', '/', ',', '+', ' ', 'Enter', 'Tab', 'F6', 'ArrowLeft', 'é', 'ß'),
  code: fc.constant(''),
  ctrlKey: fc.boolean(),
  metaKey: fc.boolean(),
  altKey: fc.boolean(),
  shiftKey: fc.boolean()
})

describe('keys', () => {
  it('that were pressed for a command are the keys that it hears', () => {
    fc.assert(
      fc.property(anyPress, fc.boolean(), (pressed, isMac) => {
        const keys = keysOfPress(pressed, isMac)
        if (keys === null) return
        expect(isPressOf(pressed, keys, isMac)).toBe(true)
        expect(normalised(keys)).toBe(keys)
      })
    )
  })

  it('mean the same on keyboards where a sign needs Shift', () => {
    expect(isPressOf(press('?', { shiftKey: true }), '?', false)).toBe(true)
    expect(isPressOf(press('?'), '?', false)).toBe(true)
    expect(isPressOf(press('1', { shiftKey: true }), '1', false)).toBe(true)
    expect(isPressOf(press('\\', { altKey: true }), '\\', false)).toBe(true)
  })

  it('are no others', () => {
    expect(isPressOf(press('z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', false)).toBe(false)
    expect(isPressOf(press('z', { metaKey: true }), 'Mod+Z', false)).toBe(false)
    expect(isPressOf(press('z', { metaKey: true }), 'Mod+Z', true)).toBe(true)
    expect(isPressOf(press('p', { ctrlKey: true }), 'P', false)).toBe(false)
    expect(keysOfPress(press('Shift', { shiftKey: true }), false)).toBeNull()
  })

  it('are written as they stand on the keyboard', () => {
    expect(keysInWords('Mod+Shift+Z', false)).toBe('Ctrl Shift Z')
    expect(keysInWords('Mod+Enter', true)).toBe('⌘ Enter')
    expect(keysInWords('ArrowLeft', false)).toBe('←')
    expect(keysInWords('Mod++', false)).toBe('Ctrl +')
  })
})

describe('the studio’s own keys', () => {
  it('belong to one command each', () => {
    for (const command of COMMAND_IDS) expect(conflictsOf(command, {}), command).toEqual([])
  })

  it('can each be pressed', () => {
    for (const command of COMMAND_IDS) {
      for (const keys of COMMANDS[command].keys) expect(normalised(keys), keys).not.toBe('')
    }
  })

  it('clash where somebody gives two commands the same', () => {
    expect(conflictsOf('pick', { pick: ['X'] })).toEqual(['reject'])
    expect(conflictsOf('reject', { pick: ['x'] })).toEqual(['pick'])
    expect(conflictsOf('pick', { pick: [] })).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { COMMAND_IDS, COMMANDS } from '../../contract/studio/commands.ts'
import { acceleratorOf, shownAccelerator } from './accelerators.ts'

/** What Electron takes, from its documentation: modifiers, then one key. */
const ACCELERATOR =
  /^(?:(?:CommandOrControl|Shift|Alt)\+)*(?:[A-Z0-9]|[,/\\]|Space|Enter|Delete|Tab|Left|Right|Up|Down)$/

describe('keys in the menu', () => {
  it.each(COMMAND_IDS)('of %s are ones that Electron knows', (id) => {
    for (const key of COMMANDS[id].keys) expect(acceleratorOf(key)).toMatch(ACCELERATOR)
  })

  it('are not taken from text fields on a Mac', () => {
    expect(shownAccelerator(['Mod+E'], 'darwin')).toBe('CommandOrControl+E')
    expect(shownAccelerator(['P'], 'darwin')).toBeUndefined()
    expect(shownAccelerator(['P'], 'linux')).toBe('P')
    expect(shownAccelerator([], 'linux')).toBeUndefined()
  })
})

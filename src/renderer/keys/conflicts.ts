import { COMMAND_IDS, type CommandId, keysOf } from '../../contract/studio/commands.ts'
import { normalised } from './chord.ts'
import type { Shortcuts } from './key-listener.ts'

/** Commands that answer to one of the same keys; of two on one screen only the first in the list would be heard. */
export function conflictsOf(command: CommandId, shortcuts: Shortcuts): CommandId[] {
  const keys = new Set(keysOf(command, shortcuts).map(normalised))
  return COMMAND_IDS.filter(
    (other) => other !== command && keysOf(other, shortcuts).some((each) => keys.has(normalised(each)))
  )
}

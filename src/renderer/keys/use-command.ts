import { createContext, use, useEffect, useEffectEvent } from 'react'
import { type CommandId, keysOf } from '../../contract/studio/commands.ts'
import { useSettings } from '../state/mirror-context.ts'
import { keysInWords } from './chord.ts'
import { KeyListener } from './key-listener.ts'

export const IS_MAC = /Mac/.test(navigator.userAgent)

export const KeyListenerContext = createContext(new KeyListener(IS_MAC))

interface CommandOptions {
  readonly enabled?: boolean
  readonly onRelease?: () => void
}

/**
 * Carries a command out, by key and from the menu, as long as the component is there and `enabled`. `onPress` returns
 * false when it has nothing to do here, so that the key keeps its ordinary meaning.
 */
export function useCommand(
  command: CommandId,
  onPress: (event: KeyboardEvent | null) => unknown,
  { enabled = true, onRelease }: CommandOptions = {}
): void {
  const listener = use(KeyListenerContext)
  const press = useEffectEvent((event: KeyboardEvent | null) => onPress(event) !== false)
  const release = useEffectEvent(() => onRelease?.())
  useEffect(() => {
    if (!enabled) return
    return listener.handle(command, { onPress: (event) => press(event), onRelease: () => release() })
  }, [listener, command, enabled])
}

/** The first of a command's keys, for tooltips and menus; undefined where it has none. */
export function useKeysOf(command: CommandId): string | undefined {
  const shortcuts = useSettings((settings) => settings.shortcuts)
  const [keys] = keysOf(command, shortcuts)
  return keys === undefined ? undefined : keysInWords(keys, IS_MAC)
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del'
}

const NAMES = { Mod: 'Ctrl', Control: 'Ctrl' }
const MAC_NAMES = { Mod: '⌘', Control: '⌃', Shift: '⇧', Alt: '⌥' }

/** Splits `Mod+Shift++` into its modifiers and its key, which may be a plus itself. */
function partsOf(keys: string): { readonly modifiers: readonly string[]; readonly key: string } {
  const parts = keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys === '+' ? ['+'] : keys.split('+')
  return { modifiers: parts.slice(0, -1), key: parts.at(-1) ?? '' }
}

/** Keys as they stand on the keyboard: `Mod+Enter` → `Ctrl Enter` or `⌘ Enter`. */
export function keysInWords(keys: string, isMac: boolean): string {
  const { modifiers, key } = partsOf(keys)
  const sign = SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  const names: Readonly<Record<string, string>> = isMac ? MAC_NAMES : NAMES
  return [...modifiers.map((each) => names[each] ?? each), sign].join(' ')
}

export interface Press {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const MODIFIER_KEYS: ReadonlySet<string> = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'Dead',
  'Unidentified'
])

/** A digit or sign needs Shift on one keyboard and not on the next; a letter or a named key never does. */
const isSign = (key: string) => key.length === 1 && key.toLowerCase() === key.toUpperCase()

/** The keys of a press as the settings keep them; null while only modifiers are down. */
export function keysOfPress(press: Press, isMac: boolean): string | null {
  if (MODIFIER_KEYS.has(press.key)) return null
  const key = press.key === ' ' ? 'Space' : press.key.length === 1 ? press.key.toUpperCase() : press.key
  const modifiers = [
    (isMac ? press.metaKey : press.ctrlKey) && 'Mod',
    isMac && press.ctrlKey && 'Control',
    press.altKey && !isSign(key) && 'Alt',
    press.shiftKey && !isSign(key) && 'Shift'
  ].filter((each) => each !== false)
  return [...modifiers, key].join('+')
}

/** Whether a press is these keys. */
export function isPressOf(press: Press, keys: string, isMac: boolean): boolean {
  return keysOfPress(press, isMac) === normalised(keys)
}

const ORDER = ['Mod', 'Control', 'Alt', 'Shift']

/** One spelling of the same keys. */
export function normalised(keys: string): string {
  const { modifiers, key } = partsOf(keys)
  const upper = key.length === 1 ? key.toUpperCase() : key
  const meant = ORDER.filter((each) => modifiers.includes(each) && !(isSign(upper) && /Alt|Shift/.test(each)))
  return [...meant, upper].join('+')
}

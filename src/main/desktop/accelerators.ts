const NAMES: Readonly<Record<string, string>> = {
  Mod: 'CommandOrControl',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  '?': 'Shift+/'
}

/** A key of a command as Electron writes it (https://www.electronjs.org/docs/latest/api/accelerator). */
export function acceleratorOf(key: string): string {
  return key
    .split('+')
    .map((part) => NAMES[part] ?? part)
    .join('+')
}

/**
 * Keys belong to the page, which knows whether somebody is typing: the menu only shows them. macOS cannot show without
 * binding, and there a key without ⌘ would be taken away from every text field, so it is not shown.
 */
export function shownAccelerator(keys: readonly string[], platform: string): string | undefined {
  const [key] = keys
  if (key === undefined || (platform === 'darwin' && !key.startsWith('Mod+'))) return undefined
  return acceleratorOf(key)
}

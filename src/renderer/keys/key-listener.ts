import { COMMAND_IDS, type CommandId, keysOf } from '../../contract/studio/commands.ts'
import { isPressOf } from './chord.ts'
import { TabMeaning } from './tab-meaning.ts'

export interface CommandHandler {
  /** Returns false when it has nothing to do here, so that the key keeps its ordinary meaning. */
  readonly onPress: (event: KeyboardEvent | null) => boolean
  readonly onRelease?: (() => void) | undefined
}

export type Shortcuts = Readonly<Record<string, readonly string[]>>

const TEXT_INPUTS = 'input:not([type=checkbox], [type=radio]), textarea, [contenteditable=true]'
const OWN_LAYERS = '[role=dialog], [role=alertdialog], .menu'
/** Where photographers press Tab to see the picture alone; in forms it goes to the next field. */
const PICTURES = 'main, .filmstrip'
const CONTROLS = 'button, a, summary, [role=menuitem], [role=option], [role=slider], [role=tab], [role=separator]'
/** These belong to a control that has the focus. */
const CONTROL_KEYS: ReadonlySet<string> = new Set(['Enter', 'Space', 'ArrowLeft', 'ArrowRight'])
/** Text is edited with these. */
const TEXT_KEYS: ReadonlySet<string> = new Set(['Mod+A', 'Mod+Z', 'Mod+Shift+Z'])

const hasModifier = (keys: string) => /Mod|Control|Alt/.test(keys)

function belongsToFocus(keys: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  const withModifier = hasModifier(keys)
  if (target.matches(TEXT_INPUTS)) return !withModifier || TEXT_KEYS.has(keys)
  if (target.closest(OWN_LAYERS)) return !withModifier
  return CONTROL_KEYS.has(keys) && target.matches(CONTROLS)
}

/** Hears every key of the window once and hands it to whoever carries the command out; the latest comes first. */
export class KeyListener {
  readonly #handlers = new Map<CommandId, CommandHandler[]>()
  readonly #held = new Map<string, CommandHandler>()
  readonly #tab = new TabMeaning()
  readonly #isMac: boolean
  #shortcuts: Shortcuts = {}

  constructor(isMac: boolean) {
    this.#isMac = isMac
  }

  setShortcuts(shortcuts: Shortcuts): void {
    this.#shortcuts = shortcuts
  }

  handle(command: CommandId, handler: CommandHandler): () => void {
    this.#handlers.set(command, [handler, ...(this.#handlers.get(command) ?? [])])
    return () => {
      const others = (this.#handlers.get(command) ?? []).filter((each) => each !== handler)
      this.#handlers.set(command, others)
    }
  }

  /** Carries a command out as its key would, for menus. */
  perform(command: CommandId, event: KeyboardEvent | null = null): boolean {
    for (const handler of this.#handlers.get(command) ?? []) {
      if (!handler.onPress(event)) continue
      if (event) this.#held.set(event.code, handler)
      return true
    }
    return false
  }

  attach(window: Window): () => void {
    const stop = new AbortController()
    const options = { signal: stop.signal }
    window.addEventListener('keydown', (event) => this.#pressed(event), options)
    window.addEventListener('keyup', (event) => this.#released(event.code), options)
    window.addEventListener('blur', () => this.#releaseAll(), options)
    window.addEventListener('pointerdown', () => this.#tab.pointerUsed(), { ...options, capture: true })
    return () => stop.abort()
  }

  #pressed(event: KeyboardEvent): void {
    if (event.isComposing) return
    if (!event.defaultPrevented && this.#movesFocus(event)) {
      this.#tab.focusMoved()
      return
    }
    for (const command of COMMAND_IDS) {
      const keys = keysOf(command, this.#shortcuts).find((each) => isPressOf(event, each, this.#isMac))
      if (keys === undefined || belongsToFocus(keys, event.target)) continue
      // A control that takes a key may take it with Ctrl, too: a radio button forbids every Enter.
      if (event.defaultPrevented && !hasModifier(keys)) continue
      const held = event.repeat && this.#held.has(event.code)
      if (!held && !this.perform(command, event)) continue
      event.preventDefault()
      return
    }
  }

  #movesFocus(event: KeyboardEvent): boolean {
    if (event.key === 'F6') return true
    if (event.key !== 'Tab') return false
    const inPictures =
      event.target === document.body || (event.target instanceof Element && event.target.closest(PICTURES))
    return event.shiftKey || !this.#tab.hidesPanels() || !inPictures || belongsToFocus('Tab', event.target)
  }

  #released(code: string): void {
    const handler = this.#held.get(code)
    this.#held.delete(code)
    handler?.onRelease?.()
  }

  /** A key that is let go in another window is never heard. */
  #releaseAll(): void {
    for (const code of [...this.#held.keys()]) this.#released(code)
  }
}

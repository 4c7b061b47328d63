/** A thing one can do by a key or in the menu. `Mod` is Ctrl, or ⌘ on a Mac; keys are named as `KeyboardEvent.key` does. */
export interface Command {
  readonly group: 'file' | 'edit' | 'view' | 'rate' | 'compare' | 'go' | 'help'
  readonly label: { readonly en: string; readonly de: string }
  readonly keys: readonly string[]
  /** Also stands in the native menu. */
  readonly inMenu: boolean
}

type Label = Command['label']
type Group = Command['group']
const inMenu = (group: Group, en: string, de: string, ...keys: readonly string[]): Command => ({
  group,
  label: { en, de } satisfies Label,
  keys,
  inMenu: true
})
const byKey = (...[group, en, de, ...keys]: Parameters<typeof inMenu>): Command => ({
  ...inMenu(group, en, de, ...keys),
  inMenu: false
})

/** The one list of commands: menus, shortcuts and the sheet that shows them are made from it. Settings remap keys by id. */
export const COMMANDS = {
  'import-files': inMenu('file', 'Import photos…', 'Fotos importieren …', 'Mod+I'),
  'import-folder': inMenu('file', 'Import folder…', 'Ordner importieren …', 'Mod+Shift+I'),
  'make-portrait': inMenu('file', 'Make portrait', 'Porträt erstellen', 'Mod+Enter'),
  'make-all-portraits': inMenu('file', 'Make portraits of all photos', 'Porträts aller Fotos', 'Mod+Shift+Enter'),
  export: inMenu('file', 'Export…', 'Exportieren …', 'Mod+E'),
  'contact-sheet': inMenu('file', 'Contact sheet…', 'Kontaktbogen …'),
  settings: inMenu('file', 'Settings…', 'Einstellungen …', 'Mod+,'),
  undo: inMenu('edit', 'Undo', 'Rückgängig', 'Mod+Z'),
  redo: inMenu('edit', 'Redo', 'Wiederholen', 'Mod+Shift+Z'),
  'select-all': byKey('edit', 'Select all', 'Alles auswählen', 'Mod+A'),
  remove: inMenu('edit', 'Move to bin', 'In den Papierkorb', 'Delete'),
  search: inMenu('edit', 'Search', 'Suchen', '/', 'Mod+F'),
  'go-prepare': inMenu('go', 'Prepare', 'Vorbereiten', 'Mod+1'),
  'go-gallery': inMenu('go', 'Gallery', 'Galerie', 'Mod+2', 'G'),
  'go-single': byKey('go', 'Single picture', 'Einzelbild', 'E'),
  'go-compare': inMenu('go', 'Compare', 'Vergleichen', 'Mod+3', 'C'),
  'go-deliver': inMenu('go', 'Deliver', 'Ausliefern', 'Mod+4', 'D'),
  'go-queue': inMenu('go', 'Queue', 'Warteschlange', 'Mod+5'),
  'pause-queue': inMenu('go', 'Pause or resume the queue', 'Warteschlange anhalten oder fortsetzen', 'Mod+P'),
  previous: byKey('go', 'Previous', 'Vorheriges', 'ArrowLeft'),
  next: byKey('go', 'Next', 'Nächstes', 'ArrowRight'),
  zoom: inMenu('view', 'Zoom to 1:1 and back', 'Zoom 1:1 und zurück', 'Space'),
  overlay: inMenu('view', 'Measurements on the picture', 'Messwerte im Bild', 'O'),
  surround: inMenu('view', 'Next surround', 'Nächste Umgebung', 'L'),
  panels: inMenu('view', 'Side panels', 'Seitenleisten', 'Tab'),
  'full-screen': inMenu('view', 'Full screen', 'Vollbild', 'F'),
  'before-after': inMenu('compare', 'Before and after', 'Vorher und nachher', '\\'),
  blink: inMenu('compare', 'Blink', 'Blinken', 'B'),
  'choose-final': inMenu('compare', 'Choose as final', 'Als Ergebnis wählen', 'Enter'),
  'stars-0': inMenu('rate', 'No stars', 'Keine Sterne', '0'),
  'stars-1': inMenu('rate', '1 star', '1 Stern', '1'),
  'stars-2': inMenu('rate', '2 stars', '2 Sterne', '2'),
  'stars-3': inMenu('rate', '3 stars', '3 Sterne', '3'),
  'stars-4': inMenu('rate', '4 stars', '4 Sterne', '4'),
  'stars-5': inMenu('rate', '5 stars', '5 Sterne', '5'),
  'label-red': inMenu('rate', 'Red label', 'Rot markieren', '6'),
  'label-yellow': inMenu('rate', 'Yellow label', 'Gelb markieren', '7'),
  'label-green': inMenu('rate', 'Green label', 'Grün markieren', '8'),
  'label-blue': inMenu('rate', 'Blue label', 'Blau markieren', '9'),
  'label-purple': inMenu('rate', 'Purple label', 'Violett markieren'),
  pick: inMenu('rate', 'Pick', 'Auswählen', 'P'),
  reject: inMenu('rate', 'Reject', 'Ablehnen', 'X'),
  unflag: inMenu('rate', 'Clear flag', 'Markierung aufheben', 'U'),
  shortcuts: inMenu('help', 'Keyboard shortcuts', 'Tastenkürzel', '?'),
  about: inMenu('help', 'About', 'Über')
} as const satisfies Readonly<Record<string, Command>>

export type CommandId = keyof typeof COMMANDS
export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[]

/** The keys of a command with what the settings say of it. */
export function keysOf(id: CommandId, remapped: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return remapped[id] ?? COMMANDS[id].keys
}

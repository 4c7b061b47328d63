import { Check } from 'lucide-react'
import { ContextMenu as Context, DropdownMenu as Dropdown } from 'radix-ui'
import type { ReactNode } from 'react'
import './overlays.css'

/** One line of a menu; null draws a line between groups. */
export type MenuEntry = {
  readonly label: string
  readonly onSelect: () => void
  readonly keys?: string | undefined
  readonly checked?: boolean
  readonly disabled?: boolean
} | null

interface MenuProps {
  readonly entries: readonly MenuEntry[]
  /** The element the menu belongs to. */
  readonly children: ReactNode
}

function entryBody(entry: NonNullable<MenuEntry>) {
  return (
    <>
      <span className="menu-text">{entry.label}</span>
      {entry.checked && <Check aria-hidden />}
      {entry.keys && <kbd>{entry.keys}</kbd>}
    </>
  )
}

/** Separators have no identity of their own: they are named after the entry before. */
const keyOf = (entries: readonly MenuEntry[], index: number) =>
  entries[index]?.label ?? `after ${entries[index - 1]?.label}`

/** Opens under its button. */
export function Menu({ entries, children }: MenuProps) {
  return (
    <Dropdown.Root modal={false}>
      <Dropdown.Trigger asChild>{children}</Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
          {entries.map((entry, index) =>
            entry === null ? (
              <Dropdown.Separator key={keyOf(entries, index)} className="menu-line" />
            ) : (
              <Dropdown.Item
                key={entry.label}
                className="menu-item"
                disabled={entry.disabled ?? false}
                onSelect={entry.onSelect}
              >
                {entryBody(entry)}
              </Dropdown.Item>
            )
          )}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  )
}

/** Opens at the pointer, or by the menu key. */
export function ContextMenu({ entries, children }: MenuProps) {
  return (
    <Context.Root>
      <Context.Trigger asChild>{children}</Context.Trigger>
      <Context.Portal>
        <Context.Content className="menu" collisionPadding={8}>
          {entries.map((entry, index) =>
            entry === null ? (
              <Context.Separator key={keyOf(entries, index)} className="menu-line" />
            ) : (
              <Context.Item
                key={entry.label}
                className="menu-item"
                disabled={entry.disabled ?? false}
                onSelect={entry.onSelect}
              >
                {entryBody(entry)}
              </Context.Item>
            )
          )}
        </Context.Content>
      </Context.Portal>
    </Context.Root>
  )
}

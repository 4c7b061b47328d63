import { getNonce } from 'get-nonce'
import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import './controls.css'

interface SelectProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
  /** Show the label above instead of only speaking it. */
  readonly labelled?: boolean
  readonly disabled?: boolean
}

export function Select<T extends string>(props: SelectProps<T>) {
  const { label, value, options, onChange, labelled = true, disabled = false } = props
  const choose = (chosen: string) => {
    const option = options.find((each) => each.value === chosen)
    if (option) onChange(option.value)
  }
  return (
    <div className="field">
      {labelled && (
        <span className="label" aria-hidden>
          {label}
        </span>
      )}
      <Radix.Root value={value} onValueChange={choose} disabled={disabled}>
        <Radix.Trigger className="button select-button" aria-label={label}>
          <Radix.Value />
          <Radix.Icon asChild>
            <ChevronDown aria-hidden />
          </Radix.Icon>
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content className="menu" position="popper" sideOffset={4} collisionPadding={8}>
            <Radix.Viewport nonce={getNonce()}>
              {options.map((option) => (
                <Radix.Item key={option.value} value={option.value} className="menu-item">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  <Radix.ItemIndicator>
                    <Check aria-hidden />
                  </Radix.ItemIndicator>
                </Radix.Item>
              ))}
            </Radix.Viewport>
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </div>
  )
}

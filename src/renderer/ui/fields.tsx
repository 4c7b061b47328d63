import { Check } from 'lucide-react'
import { Checkbox } from 'radix-ui'
import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react'
import './controls.css'

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly label: string
  /** Speak the label only. */
  readonly unlabelled?: boolean
  readonly ref?: Ref<HTMLInputElement> | undefined
}

export function TextField({ label, unlabelled = false, ...rest }: TextFieldProps) {
  const id = useId()
  return (
    <div className="field">
      <label className={unlabelled ? 'unseen' : 'label'} htmlFor={id}>
        {label}
      </label>
      <input id={id} className="input" spellCheck={false} autoComplete="off" {...rest} />
    </div>
  )
}

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  readonly label: string
}

export function TextArea({ label, ...rest }: TextAreaProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <textarea id={id} className="input" rows={3} {...rest} />
    </div>
  )
}

interface CheckFieldProps {
  readonly label: ReactNode
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

export function CheckField({ label, checked, onChange, disabled = false }: CheckFieldProps) {
  const id = useId()
  return (
    <div className="check">
      <Checkbox.Root
        id={id}
        className="check-box"
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next === true)}
      >
        <Checkbox.Indicator>
          <Check aria-hidden />
        </Checkbox.Indicator>
      </Checkbox.Root>
      <label htmlFor={id}>{label}</label>
    </div>
  )
}

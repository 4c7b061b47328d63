import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes, Ref } from 'react'
import type { CommandId } from '../../contract/studio/commands.ts'
import { Tooltip } from './tooltip.tsx'
import './controls.css'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** main: the one thing this screen is for; there is at most one. */
  readonly kind?: 'plain' | 'main' | 'quiet' | 'danger'
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

export function Button({ kind = 'plain', className = '', ...rest }: ButtonProps) {
  return <button type="button" data-kind={kind} className={`button ${className}`} {...rest} />
}

interface IconButtonProps extends ButtonProps {
  readonly icon: LucideIcon
  /** Spoken, and shown as a tooltip. */
  readonly label: string
  readonly command?: CommandId | undefined
}

export function IconButton({ icon: Icon, label, command, kind = 'quiet', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} command={command}>
      <Button kind={kind} data-shape="icon" aria-label={label} {...rest}>
        <Icon aria-hidden />
      </Button>
    </Tooltip>
  )
}

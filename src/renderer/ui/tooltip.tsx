import { Tooltip as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import type { CommandId } from '../../contract/studio/commands.ts'
import { useKeysOf } from '../keys/use-command.ts'
import './overlays.css'

interface TooltipProps {
  readonly text: ReactNode
  /** Whose keys are shown. */
  readonly command?: CommandId | undefined
  /** One element that can hold the focus. */
  readonly children: ReactNode
}

export function Tooltip({ text, command, children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="tooltip" sideOffset={4} collisionPadding={8}>
          {text} {command && <Keys command={command} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Keys({ command }: { readonly command: CommandId }) {
  const keys = useKeysOf(command)
  return keys === undefined ? null : <kbd>{keys}</kbd>
}

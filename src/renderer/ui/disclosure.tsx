import { ChevronRight } from 'lucide-react'
import { Collapsible } from 'radix-ui'
import type { ReactNode } from 'react'
import './controls.css'

interface DisclosureProps {
  readonly title: string
  /** What is set inside, in few words. */
  readonly summary?: string | undefined
  readonly children: ReactNode
}

/** A part that is needed seldom. */
export function Disclosure({ title, summary, children }: DisclosureProps) {
  return (
    <Collapsible.Root className="disclosure">
      <Collapsible.Trigger className="disclosure-head">
        <ChevronRight aria-hidden />
        <span>{title}</span>
        {summary && <span className="quiet one-line">{summary}</span>}
      </Collapsible.Trigger>
      <Collapsible.Content className="disclosure-body">{children}</Collapsible.Content>
    </Collapsible.Root>
  )
}

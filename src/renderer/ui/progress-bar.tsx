import { Progress } from 'radix-ui'
import './controls.css'

interface ProgressBarProps {
  readonly label: string
  /** 0..1; null while nothing is known. */
  readonly value: number | null
}

export function ProgressBar({ label, value }: ProgressBarProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value))
  return (
    <Progress.Root className="progress" value={share} max={1} aria-label={label}>
      <Progress.Indicator {...(share === null ? {} : { style: { width: `${share * 100}%` } })} />
    </Progress.Root>
  )
}

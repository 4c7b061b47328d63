import type { COLOUR_LABELS, Rating } from '../../../domain/rating.ts'
import { useCommand } from '../../keys/use-command.ts'

/** The keys photographers rate with. `rating`: what is rated now, so that the same colour twice takes it away. */
export function useRatingKeys(rating: Rating | null, onChange: (change: Partial<Rating>) => void): void {
  const enabled = rating !== null
  const rate = (change: Partial<Rating>) => () => onChange(change)
  const colour = (label: (typeof COLOUR_LABELS)[number]) => rate({ label: rating?.label === label ? 'none' : label })
  useCommand('stars-0', rate({ stars: 0 }), { enabled })
  useCommand('stars-1', rate({ stars: 1 }), { enabled })
  useCommand('stars-2', rate({ stars: 2 }), { enabled })
  useCommand('stars-3', rate({ stars: 3 }), { enabled })
  useCommand('stars-4', rate({ stars: 4 }), { enabled })
  useCommand('stars-5', rate({ stars: 5 }), { enabled })
  useCommand('label-red', colour('red'), { enabled })
  useCommand('label-yellow', colour('yellow'), { enabled })
  useCommand('label-green', colour('green'), { enabled })
  useCommand('label-blue', colour('blue'), { enabled })
  useCommand('label-purple', colour('purple'), { enabled })
  useCommand('pick', rate({ flag: 'pick' }), { enabled })
  useCommand('reject', rate({ flag: 'reject' }), { enabled })
  useCommand('unflag', rate({ flag: 'none' }), { enabled })
}

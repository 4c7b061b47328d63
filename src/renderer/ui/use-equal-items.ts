import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useRef } from 'react'

interface EqualItems {
  readonly count: number
  /** Of each item along the list, CSS px. */
  readonly itemSize: number
  readonly scroll: RefObject<HTMLDivElement | null>
  /** Items beyond those in sight. */
  readonly overscan: number
  readonly horizontal?: boolean
  readonly paddingStart?: number
}

/** Those of many items of one size that are in sight; where they stand is worked out anew when their size changes. */
export function useEqualItems({ itemSize, scroll, ...options }: EqualItems): Virtualizer<HTMLDivElement, Element> {
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    ...options,
    getScrollElement: () => scroll.current,
    estimateSize: () => itemSize
  })
  const placedBy = useRef(itemSize)
  useEffect(() => {
    if (placedBy.current === itemSize) return
    placedBy.current = itemSize
    virtual.measure()
  }, [virtual, itemSize])
  return virtual
}

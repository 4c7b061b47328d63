/** Width of a cell at least, and what stands below its picture, CSS px. */
const SMALLEST_CELL = 176
export const CAPTION = 44
export const GAP = 8

export interface GridGeometry {
  readonly columns: number
  readonly cell: number
  readonly rowHeight: number
}

/** As many columns as there is room for; the cells share what is left. */
export function gridGeometry(width: number): GridGeometry {
  const columns = Math.max(1, Math.floor((width - GAP) / (SMALLEST_CELL + GAP)))
  const cell = Math.floor((width - GAP) / columns) - GAP
  return { columns, cell, rowHeight: cell + CAPTION + GAP }
}

/** Where a key leads in a grid of `count` cells, `page` rows of which are in sight; null for any other key. */
export function nextCell(key: string, at: number, count: number, columns: number, page: number): number | null {
  const last = count - 1
  const to = (target: number) => Math.max(0, Math.min(last, target))
  switch (key) {
    case 'ArrowLeft':
      return to(at - 1)
    case 'ArrowRight':
      return to(at + 1)
    case 'ArrowUp':
      return at - columns < 0 ? at : at - columns
    case 'ArrowDown':
      return at + columns > last ? at : at + columns
    case 'PageUp':
      return to(at - columns * page)
    case 'PageDown':
      return to(at + columns * page)
    case 'Home':
      return 0
    case 'End':
      return Math.max(0, last)
    default:
      return null
  }
}

/**
 * Marks what is connected to the seeds through places where `inside` holds, four neighbours to a place.
 * @returns 1 where reached, else 0
 */
export function connectedTo(
  seeds: Iterable<number>,
  inside: (at: number) => boolean,
  width: number,
  height: number
): Uint8Array {
  const reached = new Uint8Array(width * height)
  const open: number[] = []
  const visit = (at: number) => {
    if (reached[at] === 0 && inside(at)) {
      reached[at] = 1
      open.push(at)
    }
  }
  for (const seed of seeds) visit(seed)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    visitNeighbours(at, width, height, visit)
  }
  return reached
}

/** The separate areas where `inside` holds, each as its places. */
export function areasOf(inside: (at: number) => boolean, width: number, height: number): number[][] {
  const seen = new Uint8Array(width * height)
  const areas: number[][] = []
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] === 1 || !inside(start)) continue
    const area: number[] = []
    const visit = (at: number) => {
      if (seen[at] === 0 && inside(at)) {
        seen[at] = 1
        area.push(at)
      }
    }
    visit(start)
    for (let next = 0; next < area.length; next++) visitNeighbours(area[next] ?? 0, width, height, visit)
    areas.push(area)
  }
  return areas
}

function visitNeighbours(at: number, width: number, height: number, visit: (at: number) => void): void {
  const x = at % width
  if (x > 0) visit(at - 1)
  if (x < width - 1) visit(at + 1)
  if (at >= width) visit(at - width)
  if (at < width * (height - 1)) visit(at + width)
}

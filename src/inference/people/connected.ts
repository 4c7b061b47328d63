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
  const open = new Places(inside, reached)
  for (const seed of seeds) open.visit(seed)
  for (let next = 0; next < open.count; next++) open.visitNeighbours(open.all[next] ?? 0, width, height)
  return reached
}

/** The separate areas where `inside` holds, each as its places. */
export function areasOf(inside: (at: number) => boolean, width: number, height: number): Int32Array[] {
  const places = new Places(inside, new Uint8Array(width * height))
  const areas: Int32Array[] = []
  for (let start = 0; start < width * height; start++) {
    const begin = places.count
    places.visit(start)
    for (let next = begin; next < places.count; next++) places.visitNeighbours(places.all[next] ?? 0, width, height)
    if (places.count > begin) areas.push(places.all.subarray(begin, places.count))
  }
  return areas
}

/**
 * Which of several groups each place is reached from in the fewest steps where `inside` holds.
 * @returns index of the group, -1 where none reaches
 */
export function reachedFirst(
  groups: readonly Iterable<number>[],
  inside: (at: number) => boolean,
  width: number,
  height: number
): Int8Array {
  const first = new Int8Array(width * height).fill(-1)
  const open = new Places(inside, new Uint8Array(width * height))
  const claim = (from: number, group: number) => {
    for (let each = from; each < open.count; each++) first[open.all[each] ?? 0] = group
  }
  for (const [group, seeds] of groups.entries()) {
    const from = open.count
    for (const seed of seeds) open.visit(seed)
    claim(from, group)
  }
  for (let next = 0; next < open.count; next++) {
    const [from, place] = [open.count, open.all[next] ?? 0]
    open.visitNeighbours(place, width, height)
    claim(from, first[place] ?? -1)
  }
  return first
}

/** Places inside, in the order they were first visited. */
class Places {
  readonly all: Int32Array
  count = 0
  readonly #inside: (at: number) => boolean
  readonly #seen: Uint8Array

  constructor(inside: (at: number) => boolean, seen: Uint8Array) {
    this.all = new Int32Array(seen.length)
    this.#inside = inside
    this.#seen = seen
  }

  visit(at: number): void {
    if (this.#seen[at] === 1 || !this.#inside(at)) return
    this.#seen[at] = 1
    this.all[this.count++] = at
  }

  visitNeighbours(at: number, width: number, height: number): void {
    const x = at % width
    if (x > 0) this.visit(at - 1)
    if (x < width - 1) this.visit(at + 1)
    if (at >= width) this.visit(at - width)
    if (at < width * (height - 1)) this.visit(at + width)
  }
}

/** Buckets at most, however far the costs lie apart. */
const MOST_BUCKETS = 4096

/**
 * Least cost of a walk from any seed to every place of a grid, eight neighbours to a place; entering a place costs its
 * entry in `cost` times the length of the step. Places wait in buckets by their distance, each as wide as the cheapest
 * step (Dial, "Algorithm 360: shortest-path forest with topological ordering", CACM 12(11), 1969).
 *
 * @param cost positive, width × height
 * @param seeds indices into the grid; places off the grid are not allowed
 */
export function geodesicDistance(
  cost: Float32Array,
  width: number,
  height: number,
  seeds: Iterable<number>
): Float32Array {
  const distance = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY)
  let cheapest = Number.POSITIVE_INFINITY
  let dearest = 0
  for (let at = 0; at < cost.length; at++) {
    const step = cost[at] ?? 1
    if (step < cheapest) cheapest = step
    if (step > dearest) dearest = step
  }
  const unit = 1 / Math.max(cheapest, (Math.SQRT2 * dearest) / MOST_BUCKETS)
  // What waits is at most one step ahead of what is looked at, so the buckets can be used again, round and round.
  const count = Math.ceil(Math.SQRT2 * dearest * unit) + 2
  const heads = new Int32Array(count).fill(NONE)
  let waiting = new Waiting(width * height)
  let left = 0
  for (const seed of seeds) {
    distance[seed] = 0
    if (waiting.isFull) waiting = waiting.larger()
    heads[0] = waiting.add(seed, heads[0] ?? NONE)
    left++
  }
  for (let bucket = 0, slot = 0; left > 0; bucket++, slot = bucket % count) {
    for (let entry = heads[slot] ?? NONE; entry !== NONE; entry = heads[slot] ?? NONE) {
      heads[slot] = waiting.next[entry] ?? NONE
      const place = waiting.places[entry] ?? 0
      left--
      const reached = distance[place] ?? 0
      // It was reached more cheaply since, and looked at then.
      if (Math.floor(reached * unit) < bucket) continue
      const x = place % width
      const y = (place - x) / width
      const lastX = x < width - 1 ? 1 : 0
      const lastY = y < height - 1 ? 1 : 0
      for (let dy = y > 0 ? -1 : 0; dy <= lastY; dy++) {
        for (let dx = x > 0 ? -1 : 0; dx <= lastX; dx++) {
          const to = place + dy * width + dx
          const further = Math.fround(reached + (dx !== 0 && dy !== 0 ? Math.SQRT2 : 1) * (cost[to] ?? 1))
          if (further >= (distance[to] ?? 0)) continue
          distance[to] = further
          if (waiting.isFull) waiting = waiting.larger()
          const into = Math.floor(further * unit) % count
          heads[into] = waiting.add(to, heads[into] ?? NONE)
          left++
        }
      }
    }
  }
  return distance
}

const NONE = -1

/** Places that wait, each with the entry that waits behind it in the same bucket. */
class Waiting {
  readonly places: Int32Array
  readonly next: Int32Array
  #size = 0

  constructor(capacity: number) {
    this.places = new Int32Array(capacity)
    this.next = new Int32Array(capacity)
  }

  get isFull(): boolean {
    return this.#size === this.places.length
  }

  /** @returns its entry */
  add(place: number, behind: number): number {
    this.places[this.#size] = place
    this.next[this.#size] = behind
    return this.#size++
  }

  larger(): Waiting {
    const larger = new Waiting(2 * this.#size)
    larger.places.set(this.places)
    larger.next.set(this.next)
    larger.#size = this.#size
    return larger
  }
}

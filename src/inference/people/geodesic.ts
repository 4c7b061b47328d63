/**
 * Least cost of a walk from any seed to every place of a grid, eight neighbours to a place; entering a place costs its
 * entry in `cost` times the length of the step (Dijkstra with a binary heap).
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
  const queue = new MinimumQueue()
  for (const seed of seeds) {
    distance[seed] = 0
    queue.push(seed, 0)
  }
  for (;;) {
    const priority = queue.least
    const place = queue.pop()
    if (place < 0) break
    const reached = distance[place] ?? 0
    if (priority > reached) continue
    const x = place % width
    const y = (place - x) / width
    const left = x > 0 ? -1 : 0
    const right = x < width - 1 ? 1 : 0
    const above = y > 0 ? -1 : 0
    const below = y < height - 1 ? 1 : 0
    for (let dy = above; dy <= below; dy++) {
      for (let dx = left; dx <= right; dx++) {
        const next = place + dy * width + dx
        const step = dx !== 0 && dy !== 0 ? Math.SQRT2 : 1
        const further = Math.fround(reached + step * (cost[next] ?? 1))
        if (further >= (distance[next] ?? 0)) continue
        distance[next] = further
        queue.push(next, further)
      }
    }
  }
  return distance
}

/** A binary heap of whole numbers from 0 by priority, least first. */
class MinimumQueue {
  private values = new Int32Array(1024)
  private priorities = new Float32Array(1024)
  private size = 0

  /** Priority of the next to be popped. */
  get least(): number {
    return this.priorities[0] ?? 0
  }

  push(value: number, priority: number): void {
    if (this.size === this.values.length) this.grow()
    const { values, priorities } = this
    let at = this.size++
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = priorities[parent] ?? 0
      if (above <= priority) break
      values[at] = values[parent] ?? 0
      priorities[at] = above
      at = parent
    }
    values[at] = value
    priorities[at] = priority
  }

  /** The value of the least priority; −1 when there is none. */
  pop(): number {
    if (this.size === 0) return -1
    const value = this.values[0] ?? 0
    const last = --this.size
    this.sink(this.values[last] ?? 0, this.priorities[last] ?? 0)
    return value
  }

  private sink(value: number, priority: number): void {
    const { values, priorities, size } = this
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      if (child + 1 < size && (priorities[child + 1] ?? 0) < (priorities[child] ?? 0)) child++
      const least = priorities[child] ?? 0
      if (least >= priority) break
      values[at] = values[child] ?? 0
      priorities[at] = least
      at = child
    }
    values[at] = value
    priorities[at] = priority
  }

  private grow(): void {
    const [values, priorities] = [this.values, this.priorities]
    this.values = new Int32Array(2 * values.length)
    this.values.set(values)
    this.priorities = new Float32Array(2 * priorities.length)
    this.priorities.set(priorities)
  }
}

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
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    const reached = distance[place.value] ?? 0
    if (place.priority > reached) continue
    const x = place.value % width
    const y = (place.value - x) / width
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue
        const next = place.value + dy * width + dx
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

/** A binary heap of whole numbers by priority, least first. */
class MinimumQueue {
  private readonly values: number[] = []
  private readonly priorities: number[] = []

  push(value: number, priority: number): void {
    let at = this.values.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = this.priorities[parent] ?? 0
      if (above <= priority) break
      this.values[at] = this.values[parent] ?? 0
      this.priorities[at] = above
      at = parent
    }
    this.values[at] = value
    this.priorities[at] = priority
  }

  pop(): { value: number; priority: number } | undefined {
    const [value, priority] = [this.values[0], this.priorities[0]]
    const [lastValue, lastPriority] = [this.values.pop(), this.priorities.pop()]
    if (value === undefined || priority === undefined || lastValue === undefined || lastPriority === undefined) return
    const size = this.values.length
    if (size > 0) this.sink(lastValue, lastPriority, size)
    return { value, priority }
  }

  private sink(value: number, priority: number, size: number): void {
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= size) break
      const left = this.priorities[child] ?? 0
      const right = child + 1 < size ? (this.priorities[child + 1] ?? 0) : Number.POSITIVE_INFINITY
      if (right < left) child++
      const least = Math.min(left, right)
      if (least >= priority) break
      this.values[at] = this.values[child] ?? 0
      this.priorities[at] = least
      at = child
    }
    this.values[at] = value
    this.priorities[at] = priority
  }
}

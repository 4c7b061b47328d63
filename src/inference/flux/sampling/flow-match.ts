/**
 * The schedule of a rectified flow and its Euler solver: noise levels σ from 1 (noise) to 0 (picture), and
 * x ← x + (σ' − σ)·v. As `FlowMatchEulerDiscreteScheduler` of diffusers, which the FLUX models were published with
 * (https://huggingface.co/docs/diffusers/api/schedulers/flow_match_euler_discrete).
 */

/**
 * σ of every step and a last 0.
 * @param steps whole, at least 1
 * @param mu shift towards noise, e^μ/(e^μ + 1/σ − 1); null for none
 */
export function flowSigmas(steps: number, mu: number | null): Float32Array {
  const sigmas = new Float32Array(steps + 1)
  const stride = steps > 1 ? (1 / steps - 1) / (steps - 1) : 0
  for (let step = 0; step < steps; step++) {
    const linear = 1 + step * stride
    sigmas[step] = mu === null ? linear : shifted(linear, mu)
  }
  return sigmas
}

function shifted(sigma: number, mu: number): number {
  const pull = Math.exp(mu)
  return pull / (pull + 1 / sigma - 1)
}

/**
 * The step at which a picture that already exists joins in: the weaker the change, the later.
 * @param strength 0..1; 1 starts from noise alone
 * @returns 0..steps; at `steps` nothing would be changed
 */
export function firstStep(steps: number, strength: number): number {
  return Math.trunc(Math.max(steps - Math.min(steps * strength, steps), 0))
}

/** `tokens` ← σ·tokens + (1 − σ)·picture, in place: what the flow would have made of the picture at σ. */
export function mixNoise(tokens: Float32Array, picture: Float32Array, sigma: number): void {
  const rest = Math.fround(1 - sigma)
  for (let at = 0; at < picture.length; at++) {
    tokens[at] = Math.fround(sigma * (tokens[at] ?? 0)) + Math.fround(rest * (picture[at] ?? 0))
  }
}

/** One Euler step over the first `count` values, an even number, in place. @returns the sum of their velocities, a number only if all are */
export function eulerStep(tokens: Float32Array, velocity: Float32Array, by: number, count: number): number {
  // Two sums: a processor adds to one while it waits for the other.
  let even = 0
  let odd = 0
  for (let at = 0; at + 1 < count; at += 2) {
    const speed = velocity[at] ?? 0
    const next = velocity[at + 1] ?? 0
    tokens[at] = (tokens[at] ?? 0) + by * speed
    tokens[at + 1] = (tokens[at + 1] ?? 0) + by * next
    even += speed
    odd += next
  }
  return even + odd
}

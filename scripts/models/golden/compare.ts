import * as ort from 'onnxruntime-node'

export interface Answer {
  readonly dims: readonly number[]
  readonly data: Float32Array
}

export async function runModel(
  model: Uint8Array,
  inputs: Record<string, ort.Tensor>
): Promise<Readonly<Record<string, Answer>>> {
  const session = await ort.InferenceSession.create(model)
  const outputs = await session.run(inputs)
  await session.release()
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { dims, data }]) => {
      if (!(data instanceof Float32Array)) throw new TypeError(`The output "${name}" holds no floats.`)
      return [name, { dims, data }]
    })
  )
}

/** In parts of the largest expected value; NaN where a value is missing or not a number. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0
  let largest = 0
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    const value = expected[i] ?? Number.NaN
    difference = Math.max(difference, Math.abs((actual[i] ?? Number.NaN) - value))
    largest = Math.max(largest, Math.abs(value))
  }
  return difference / largest
}

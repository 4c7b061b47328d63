import { type Constant, floats } from '../onnx/constant.ts'

/** A matrix of floats, zero where nothing is set. */
export class Matrix {
  readonly #columns: number
  readonly #values: Float32Array
  constructor(rows: number, columns: number) {
    this.#columns = columns
    this.#values = new Float32Array(rows * columns)
  }
  set(row: number, column: number, value: number): void {
    this.#values[row * this.#columns + column] = value
  }
  get constant(): Constant {
    return floats([this.#values.length / this.#columns, this.#columns], this.#values)
  }
}

import { describe, expect, it } from 'vitest'
import type { Raster } from '../pixels/raster.ts'
import { dropThinPieces } from './thin-pieces.ts'

const SIDE = 160
/** Pixels; thin is what is narrower than nine of them. */
const FACE = 100

type Rectangle = readonly [left: number, top: number, right: number, bottom: number]

function shape(...boxes: readonly Rectangle[]): Raster & { readonly data: Float32Array } {
  const data = Float32Array.from({ length: SIDE * SIDE }, (_, at) => {
    const [x, y] = [at % SIDE, Math.floor(at / SIDE)]
    return boxes.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom) ? 1 : 0
  })
  return { width: SIDE, height: SIDE, channels: 1, data }
}

const BODY: Rectangle = [60, 20, 140, 160]
/** Stands off the body to the left. */
const LOCK: Rectangle = [20, 50, 60, 55]
const nobody = () => false

function remains(outline: Raster, hair: readonly Rectangle[], isOthers: (at: number) => boolean = nobody) {
  const { data } = dropThinPieces(outline, shape(...hair).data, isOthers, FACE)
  return (x: number, y: number) => data[y * SIDE + x]
}

describe('dropThinPieces', () => {
  it('drops a lock of hair that stands off, and nothing of what it stands off from', () => {
    const at = remains(shape(BODY, LOCK), [LOCK])
    expect(at(30, 52)).toBe(0)
    expect(at(62, 52)).toBe(1)
    expect(at(139, 159)).toBe(1)
  })

  it('keeps what is worn, thick hair, and the thin end of a thick lock', () => {
    expect(remains(shape(BODY, LOCK), [])(30, 52)).toBe(1)
    const braid: Rectangle = [20, 50, 60, 70]
    expect(remains(shape(BODY, braid), [braid])(30, 60)).toBe(1)
    const end: Rectangle = [15, 55, 20, 60]
    expect(remains(shape(BODY, braid, end), [braid, end])(17, 57)).toBe(1)
  })

  it('drops a sliver beside somebody else, and no arm that reaches for them', () => {
    const beside = (at: number) => at % SIDE < 18
    const sliver: Rectangle = [20, 50, 30, 55]
    expect(remains(shape(BODY, sliver), [], beside)(25, 52)).toBe(0)
    const arm: Rectangle = [20, 50, 60, 80]
    expect(remains(shape(BODY, arm), [], beside)(25, 65)).toBe(1)
  })

  it('leaves what has no thin pieces as it is', () => {
    const whole = shape(BODY)
    expect(dropThinPieces(whole, whole.data, nobody, FACE)).toBe(whole)
  })
})

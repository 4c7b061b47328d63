import decodeQR from 'qr/decode.js'
import { describe, expect, it } from 'vitest'
import { linkCode } from './link-code.ts'

/** Modules of white on each side (ISO/IEC 18004, 6.3.8), and pixels of a module. */
const QUIET = 4
const PIXELS = 4

/** The code as a camera has it: RGBA, dark on white. */
function drawn(rows: readonly (readonly boolean[])[]) {
  const edge = (rows.length + 2 * QUIET) * PIXELS
  const data = new Uint8ClampedArray(edge * edge * 4).fill(255)
  for (let at = 0; at < edge * edge; at += 1) {
    const [x, y] = [Math.floor((at % edge) / PIXELS) - QUIET, Math.floor(at / edge / PIXELS) - QUIET]
    if (rows[y]?.[x]) data.fill(0, 4 * at, 4 * at + 3)
  }
  return { width: edge, height: edge, data }
}

describe('the code of a link', () => {
  it('is read as that link, and has no quiet zone of its own', () => {
    const url = `http://192.168.1.20:8001/#enter=${'a1B2-_'.repeat(7)}`
    const code = linkCode(url)
    expect(decodeQR(drawn(code))).toBe(url)
    expect(code.every((row) => row.length === code.length)).toBe(true)
    // The corner of a finder pattern.
    expect(code[0]?.slice(0, 8)).toEqual([true, true, true, true, true, true, true, false])
  })
})

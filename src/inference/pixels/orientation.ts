import type { Size } from '../../domain/geometry.ts'

/** Whether an EXIF orientation swaps width and height. */
export const isSideways = (orientation: number) => orientation >= 5

/** For each EXIF orientation: does the upright picture read the stored one from its far side, across and down. */
const MIRRORED: Readonly<Record<number, readonly [across: boolean, down: boolean]>> = {
  2: [true, false],
  3: [true, true],
  4: [false, true],
  5: [false, false],
  6: [false, true],
  7: [true, true],
  8: [true, false]
}

/**
 * Turns stored samples upright (EXIF 2.32, tag 274).
 *
 * @param stored size of the stored picture
 * @param stride samples of one pixel
 */
export function turnUpright<T extends Uint8Array | Uint16Array>(
  samples: T,
  target: T,
  stored: Size,
  stride: number,
  orientation: number
): void {
  const [mirrorX, mirrorY] = MIRRORED[orientation] ?? [false, false]
  const sideways = isSideways(orientation)
  const width = sideways ? stored.height : stored.width
  const height = sideways ? stored.width : stored.height
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const column = sideways ? y : x
      const row = sideways ? x : y
      const storedX = mirrorX ? stored.width - 1 - column : column
      const storedY = mirrorY ? stored.height - 1 - row : row
      const from = (storedY * stored.width + storedX) * stride
      for (let sample = 0; sample < stride; sample++) target[to++] = samples[from + sample] ?? 0
    }
  }
}

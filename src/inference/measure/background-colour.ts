import type { HexColour } from '../../domain/parameters/background.ts'
import { deltaE2000, fromSrgbBytes, type Lab, labD65 } from '../pixels/colour.ts'
import type { BackgroundGrid } from './background-grid.ts'
import { quantile } from './quantile.ts'

export function labOfHex(colour: HexColour): Lab {
  const bytes = Uint8Array.from([1, 3, 5], (at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const [r = 0, g = 0, b = 0] = fromSrgbBytes(bytes, 1, 1).data
  return labD65(r, g, b)
}

function cellColours({ lab, cells }: BackgroundGrid): Lab[] {
  return cells.map((cell) => ({ L: lab[cell * 3] ?? 0, a: lab[cell * 3 + 1] ?? 0, b: lab[cell * 3 + 2] ?? 0 }))
}

/** Median of L*, a* and b* each: the colour of a plain backdrop whatever stands before it. */
export function medianColour(grid: BackgroundGrid): Lab {
  const colours = cellColours(grid)
  const median = (channel: keyof Lab) =>
    quantile(
      colours.map((colour) => colour[channel]),
      0.5
    )
  return { L: median('L'), a: median('a'), b: median('b') }
}

/** CIEDE2000 that nine of ten places of the backdrop stay below, against one colour: wrong colour and unevenness alike. */
export function distanceFrom(grid: BackgroundGrid, colour: Lab): number {
  return quantile(
    cellColours(grid).map((each) => deltaE2000(each, colour)),
    0.9
  )
}

/** The same against the backdrop's own median: 0 is one flat colour. */
export function unevenness(grid: BackgroundGrid): number {
  return distanceFrom(grid, medianColour(grid))
}

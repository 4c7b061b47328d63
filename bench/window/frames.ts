import type { Page } from '@playwright/test'
import { median, percentile } from './statistics.ts'

export interface Scrolling {
  /** CSS selector of what scrolls. */
  readonly selector: string
  readonly frames: number
  /** CSS px that each frame scrolls on. */
  readonly step: number
}

/** Scrolls on by a step in each frame; resolves to the time from frame to frame, milliseconds. */
export async function frameTimes(page: Page, scrolling: Scrolling): Promise<number[]> {
  return await page.evaluate(
    async ({ selector, frames, step }) => {
      const scroller = document.querySelector(selector)
      if (!scroller) throw new Error(`There is no ${selector}.`)
      const times: number[] = []
      let before = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      for (let frame = 0; frame < frames; frame += 1) {
        scroller.scrollTop += step
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
        times.push(now - before)
        before = now
      }
      return times
    },
    { ...scrolling }
  )
}

export interface BoxGrid {
  readonly columns: number
  readonly rows: number
  readonly gap: number
  /** Of one box, CSS px. */
  readonly width: number
  readonly height: number
  /** Of what scrolls. */
  readonly scrollerWidth: number
  readonly scrollerHeight: number
}

/** As many plain boxes as there are cells, where the cells are. */
export async function boxGridLike(page: Page, scroller: string, cell: string, cells: number): Promise<BoxGrid> {
  return await page.evaluate(
    ({ scroller, cell, cells }) => {
      const around = document.querySelector(scroller)
      const boxes = [...document.querySelectorAll(cell)].map((each) => each.getBoundingClientRect())
      const [first] = boxes
      if (!around || !first) throw new Error(`There is no ${cell} in ${scroller}.`)
      const columns = boxes.filter(({ top }) => top === first.top).length
      const below = boxes.find(({ top }) => top > first.top)?.top ?? first.bottom
      return {
        columns,
        rows: Math.ceil(cells / columns),
        gap: below - first.bottom,
        width: first.width,
        height: first.height,
        scrollerWidth: around.clientWidth,
        scrollerHeight: around.clientHeight
      }
    },
    { scroller, cell, cells }
  )
}

/** Selector of the scroller that `showGreyBoxes` makes. */
export const GREY_BOXES = '#grey-boxes'

/** Fills a page with a grid of plain grey boxes that scrolls. */
export async function showGreyBoxes(page: Page, grid: BoxGrid): Promise<void> {
  await page.evaluate(({ columns, rows, gap, width, height, scrollerWidth, scrollerHeight }) => {
    const scroller = document.createElement('div')
    scroller.id = 'grey-boxes'
    scroller.style.cssText = `width:${scrollerWidth}px;height:${scrollerHeight}px;overflow:auto;contain:strict`
    const boxes = document.createElement('div')
    boxes.style.cssText = `display:grid;gap:${gap}px;grid-template-columns:repeat(${columns},${width}px);grid-auto-rows:${height}px`
    for (let box = 0; box < columns * rows; box += 1) {
      const element = document.createElement('div')
      element.style.background = '#808080'
      boxes.append(element)
    }
    scroller.append(boxes)
    document.body.style.cssText = 'margin:0;background:#202020'
    document.body.replaceChildren(scroller)
  }, grid)
}

export interface FrameRound {
  readonly studio: readonly number[]
  readonly plain: readonly number[]
}

/** Prints p50 and p95 of each side, medians over the rounds, and the ratio of the p95 of a round. */
export function tellFrames(what: string, rounds: readonly FrameRound[], wanted: number): void {
  const of = (figure: (round: FrameRound) => number) => median(rounds.map(figure))
  const ms = (side: 'studio' | 'plain', share: number) => of((round) => percentile(round[side], share)).toFixed(1)
  const three = (side: 'studio' | 'plain') =>
    `p50 ${ms(side, 0.5)} ms, p95 ${ms(side, 0.95)} ms, p99 ${ms(side, 0.99)} ms`
  console.log(`${`frames of the ${what}`.padEnd(24)}${three('studio')}`)
  console.log(`plain grey boxes        ${three('plain')}`)
  const ratio = of(({ studio, plain }) => percentile(studio, 0.95) / percentile(plain, 0.95))
  console.log(`ratio of p95            ${ratio.toFixed(2)}, wanted at most ${wanted}`)
}

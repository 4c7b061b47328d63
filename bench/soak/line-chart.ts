/** One line of a chart; its points are as far apart as those of the others are on average. */
export interface Line {
  readonly label: string
  readonly colour: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

export interface LineChart {
  readonly title: string
  readonly xLabel: string
  readonly yLabel: string
  readonly lines: readonly Line[]
  /** What lies left of it is shaded. */
  readonly shadedTo: number
}

const [WIDTH, HEIGHT] = [900, 420]
const MARGIN = { left: 70, right: 20, top: 70, bottom: 50 }
const TICKS = 6

/** Chart as SVG, its y axis from 0: a slope shows as large as it is. */
export function lineChart({ title, xLabel, yLabel, lines, shadedTo }: LineChart): string {
  const all = lines.flatMap(({ points }) => points)
  const mostX = Math.max(...all.map(({ x }) => x))
  const stepY = niceStep(Math.max(...all.map(({ y }) => y)) / TICKS)
  const mostY = stepY * Math.ceil(Math.max(...all.map(({ y }) => y)) / stepY)
  const stepX = niceStep(mostX / TICKS)
  const x = (value: number) => fixed(MARGIN.left + (value / mostX) * (WIDTH - MARGIN.left - MARGIN.right))
  const y = (value: number) => fixed(HEIGHT - MARGIN.bottom - (value / mostY) * (HEIGHT - MARGIN.top - MARGIN.bottom))
  const steps = (step: number, most: number) =>
    Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, index) => index * step)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="13" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<rect x="${x(0)}" y="${y(mostY)}" width="${fixed(x(shadedTo) - x(0))}" height="${fixed(y(0) - y(mostY))}" fill="#eee"/>`,
    text(WIDTH / 2, 24, title, 'middle', 'font-size="16"'),
    ...steps(stepY, mostY).flatMap((value) => [
      `<path d="M${x(0)} ${y(value)}H${WIDTH - MARGIN.right}" stroke="#ccc"/>`,
      text(MARGIN.left - 8, y(value) + 4, String(value), 'end')
    ]),
    ...steps(stepX, mostX).map((value) => text(x(value), HEIGHT - MARGIN.bottom + 20, String(value), 'middle')),
    text(WIDTH / 2, HEIGHT - 10, xLabel, 'middle'),
    text(12, MARGIN.top - 16, yLabel, 'start'),
    ...lines.flatMap(({ label, colour, points }, index) => {
      const at = MARGIN.left + 60 + index * 260
      return [
        `<path d="M${at} 48h24" stroke="${colour}" stroke-width="2"/>`,
        text(at + 30, 52, label, 'start'),
        `<path d="M${points.map((point) => `${x(point.x)} ${y(point.y)}`).join('L')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`
      ]
    }),
    '</svg>',
    ''
  ].join('\n')
}

const fixed = (value: number) => Number(value.toFixed(1))

const text = (x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end', more = '') =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="#222" ${more}>${words}</text>`

/** The next of 1, 2, 5, 10, 20 … from `rough` on. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  return power * ([1, 2, 5].find((each) => each * power >= rough) ?? 10)
}

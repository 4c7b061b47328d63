import { z } from 'zod'
import type { Size } from '../geometry.ts'

const MAX_EDGE = 10_000
const MM_PER_INCH = 25.4

/** How large an exported picture is. A print size is the paper the whole picture is fitted into, in either direction. */
export const exportSizeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('original') }),
  z.strictObject({ kind: z.literal('long-edge'), pixels: z.int().min(16).max(MAX_EDGE) }),
  z.strictObject({
    kind: z.literal('print'),
    widthMm: z.number().min(5).max(2000),
    heightMm: z.number().min(5).max(2000),
    pixelsPerInch: z.int().min(72).max(1200)
  })
])
export type ExportSize = z.infer<typeof exportSizeSchema>

export interface PlannedSize {
  readonly size: Size
  /** Written into the file; null leaves it out, for pictures that are not for print. */
  readonly pixelsPerInch: number | null
  /** Above 1 the picture is enlarged. */
  readonly scale: number
  /** Said to the photographer. */
  readonly notes: readonly string[]
}

/**
 * The pixels an export has. A picture smaller than what was asked for stays as it is, and that is said, unless
 * `enlarge` allows more.
 */
export function planExportSize(source: Size, wanted: ExportSize, enlarge: boolean): PlannedSize {
  if (wanted.kind === 'original') return { size: source, pixelsPerInch: null, scale: 1, notes: [] }
  const asked = wanted.kind === 'long-edge' ? edgeScale(source, wanted.pixels) : printScale(source, wanted)
  const scale = enlarge ? Math.min(asked, MAX_EDGE / Math.max(source.width, source.height)) : Math.min(1, asked)
  const size = { width: scaled(source.width, scale), height: scaled(source.height, scale) }
  const notes: string[] = []
  if (scale > 1) notes.push(`enlarged ${scale.toFixed(2)} times; there is no more detail in it`)
  if (wanted.kind === 'long-edge') {
    if (scale < asked) notes.push(`${Math.max(size.width, size.height)} px, not ${wanted.pixels}: it is not enlarged`)
    return { size, pixelsPerInch: null, scale, notes }
  }
  const pixelsPerInch = Math.round((wanted.pixelsPerInch * scale) / asked)
  if (scale < asked) notes.push(`${pixelsPerInch} ppi in print, not ${wanted.pixelsPerInch}: it is not enlarged`)
  return { size, pixelsPerInch, scale, notes }
}

const scaled = (edge: number, scale: number) => Math.max(1, Math.round(edge * scale))

function edgeScale({ width, height }: Size, pixels: number): number {
  return pixels / Math.max(width, height)
}

function printScale({ width, height }: Size, paper: Extract<ExportSize, { kind: 'print' }>): number {
  const pixels = (mm: number) => (mm / MM_PER_INCH) * paper.pixelsPerInch
  const [long, short] = [Math.max(paper.widthMm, paper.heightMm), Math.min(paper.widthMm, paper.heightMm)].map(pixels)
  return Math.min((long ?? 0) / Math.max(width, height), (short ?? 0) / Math.min(width, height))
}

import { setImmediate as breathe } from 'node:timers/promises'
import type { Region } from '../../../domain/criterion.ts'
import type { Size } from '../../../domain/geometry.ts'
import { FONT } from './pdf-file.ts'

export const INK = { text: '#141414', quiet: '#5c5c5c', line: '#c4c4c4', passed: '#1d6b1d', failed: '#a32a1d' } as const

export interface TextStyle {
  readonly size?: number
  readonly bold?: boolean
  readonly colour?: string
  readonly align?: 'left' | 'right'
}

/** A picture to draw; `measured` is the size its regions are given in. */
export interface DrawnPicture {
  readonly path: string
  readonly size: Size
  readonly alt: string
  readonly measured?: Size
  readonly regions?: readonly Region[]
}

/** Places text and pictures down the pages of a document, tagged for those who have it read aloud. All lengths in points. */
export class PdfFlow {
  readonly document: PDFKit.PDFDocument

  constructor(document: PDFKit.PDFDocument) {
    this.document = document
  }

  get left(): number {
    return this.document.page.margins.left
  }

  get width(): number {
    const { width, margins } = this.document.page
    return width - margins.left - margins.right
  }

  get bottom(): number {
    return this.document.page.maxY()
  }

  /** Begins a new page unless `height` fits below; lets other work of this process go on meanwhile. */
  async room(height: number): Promise<void> {
    await breathe()
    if (this.document.y + height > this.bottom) this.document.addPage()
  }

  gap(height: number): void {
    this.document.y += height
  }

  /** Height of a text in a column. */
  heightOf(text: string, width: number, style: TextStyle = {}): number {
    return this.#styled(style).heightOfString(text, { width })
  }

  /** A heading, on the page where what `follows` it, of that height, begins. */
  async heading(text: string, level: 1 | 2 = 2, follows = 40): Promise<void> {
    const size = level === 1 ? 18 : 12
    if (level === 2) this.gap(14)
    await this.room(size * 1.5 + follows)
    this.tagged(`H${level}`, () => this.#write(text, { size, bold: true }))
    this.gap(4)
  }

  async paragraph(text: string, style: TextStyle = {}): Promise<void> {
    if (text === '') return
    await this.room(Math.min(this.heightOf(text, this.width, style), 60))
    this.tagged('P', () => this.#write(text, style))
    this.gap(3)
  }

  async list(items: readonly string[]): Promise<void> {
    for (const item of items) {
      const width = this.width - 12
      await this.room(Math.min(this.heightOf(item, width), 60))
      const { y } = this.document
      this.tagged('P', () => {
        this.#styled({}).text('·', this.left, y, { lineBreak: false })
        this.#styled({}).text(item, this.left + 12, y, { width })
      })
      this.document.x = this.left
      this.gap(2)
    }
  }

  /** Text in a box of its own; what does not fit into `height` is cut with an ellipsis. Leaves the flow where it was. */
  textAt(text: string, x: number, y: number, width: number, style: TextStyle = {}, height?: number): number {
    const { document } = this
    const before = { x: document.x, y: document.y }
    this.#styled(style).text(text, x, y, {
      width,
      align: style.align ?? 'left',
      ...(height === undefined ? {} : { height, ellipsis: true })
    })
    const end = document.y
    document.x = before.x
    document.y = before.y
    return end
  }

  /** Draws a picture as large as it fits at the top left of a box; returns its height. */
  picture(picture: DrawnPicture, x: number, y: number, box: Size): number {
    const { document } = this
    const scale = Math.min(box.width / picture.size.width, box.height / picture.size.height)
    const [width, height] = [picture.size.width * scale, picture.size.height * scale]
    this.tagged('Figure', () => document.image(picture.path, x, y, { width, height }), picture.alt)
    const { measured, regions = [] } = picture
    if (measured && regions.length > 0) {
      document
        .save()
        .rect(x, y, width, height)
        .clip()
        .translate(x, y)
        .scale(width / measured.width, height / measured.height)
      document.lineWidth((1.2 * measured.width) / width).strokeColor(INK.failed)
      for (const region of regions) this.#outline(region)
      document.restore()
    }
    return height
  }

  tagged(type: string, draw: () => void, alt?: string): void {
    this.document.addStructure(this.document.struct(type, alt === undefined ? {} : { alt }, draw))
  }

  #outline(region: Region): void {
    const { document } = this
    switch (region.shape) {
      case 'box':
        document.rect(region.box.x, region.box.y, region.box.width, region.box.height).stroke()
        return
      case 'line':
        document.moveTo(region.from.x, region.from.y).lineTo(region.to.x, region.to.y).stroke()
        return
      case 'points': {
        const [first, ...others] = region.points
        if (!first) return
        document.moveTo(first.x, first.y)
        for (const point of others) document.lineTo(point.x, point.y)
        document.stroke()
      }
    }
  }

  #write(text: string, style: TextStyle): void {
    this.#styled(style).text(text, this.left, this.document.y, { width: this.width })
  }

  #styled({ size = 9, bold = false, colour = INK.text }: TextStyle): PDFKit.PDFDocument {
    return this.document.font(bold ? FONT.bold : FONT.regular, size).fillColor(colour)
  }
}

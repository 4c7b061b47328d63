import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setImmediate as breathe } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import type { CollisionRule } from '../../../domain/delivery/export-preset.ts'
import { StudioError } from '../../../domain/errors.ts'
import { STUDIO_VERSION } from '../../../domain/studio-version.ts'
import { withStagingFolder } from '../output-folder.ts'
import { placeFile, TakenNames } from '../place-file.ts'

const requireHere = createRequire(import.meta.url)
const inter = (style: string) => requireHere.resolve(`@expo-google-fonts/inter/${style}/Inter_${style}.ttf`)

/** Inter: Latin, Greek and Cyrillic; what is used of it is embedded. */
export const FONT = { regular: 'regular', bold: 'bold' } as const

export const PAPER = { a4: 'A4', letter: 'LETTER' } as const
export type Paper = keyof typeof PAPER

/** Points; 0.5 inch, which every printer can leave. */
export const MARGIN = 36
/** Below the text of every page, for its number. */
const FOOTER = 24

export interface PdfSettings {
  readonly title: string
  readonly paper: Paper
  readonly orientation: 'portrait' | 'landscape'
}

export interface WrittenPdf {
  readonly path: string
  readonly bytes: number
  readonly pages: number
}

/**
 * Writes a PDF that `draw` fills, page numbers added. It appears whole or not at all, and streams to the disk while it
 * is drawn.
 *
 * @throws StudioError `disk-full`, `output-unwritable`, and what `draw` throws
 */
export async function writePdf(
  path: string,
  settings: PdfSettings,
  collision: CollisionRule,
  draw: (document: PDFKit.PDFDocument) => Promise<void>
): Promise<WrittenPdf> {
  const folder = resolve(dirname(path))
  return await withStagingFolder(folder, async (staging) => {
    const staged = join(staging, 'document.pdf')
    const document = await openDocument(settings)
    const written = pipeline(document, createWriteStream(staged))
    // Told below; until then nobody listens.
    written.catch(() => undefined)
    try {
      await draw(document)
    } catch (thrown) {
      document.destroy()
      await written.catch(() => undefined)
      throw thrown
    }
    const pages = await numberPages(document, settings.title)
    document.end()
    await written
    const { size: bytes } = await stat(staged)
    const placed = await placeFile(staged, join(folder, basename(path)), collision, new TakenNames())
    if (placed === null) throw new StudioError('output-unwritable', `${path} is there already.`)
    return { path: placed, bytes, pages }
  })
}

async function openDocument({ title, paper, orientation }: PdfSettings): Promise<PDFKit.PDFDocument> {
  const document = new PDFDocument({
    size: PAPER[paper],
    layout: orientation,
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOTER },
    font: inter('400Regular'),
    bufferPages: true,
    pdfVersion: '1.7',
    // Read aloud in order, with the pictures' descriptions (ISO 32000-1:2008, 14.8).
    tagged: true,
    lang: 'en',
    displayTitle: true,
    info: { Title: title, Creator: `APEX Portrait Studio ${STUDIO_VERSION}` }
  })
  document.registerFont(FONT.regular, inter('400Regular'))
  document.registerFont(FONT.bold, inter('600SemiBold'))
  // A font takes tens of milliseconds to read; other work of this process goes on between the two.
  for (const font of Object.values(FONT)) {
    document.font(font)
    await breathe()
  }
  return document
}

async function numberPages(document: PDFKit.PDFDocument, title: string): Promise<number> {
  const { count } = document.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    await breathe()
    document.switchToPage(page)
    const { width, height, margins } = document.page
    // Text below the margin would begin another page.
    margins.bottom = 0
    document.markContent('Artifact', { type: 'Pagination' })
    document.font(FONT.regular, 8).fillColor('#666666')
    const line = { width: width - 2 * MARGIN, lineBreak: false, height: 10, ellipsis: true } as const
    document.text(`${page + 1} / ${count}`, MARGIN, height - MARGIN, { ...line, align: 'right' })
    document.text(title, MARGIN, height - MARGIN, { ...line, width: line.width - 60 })
    document.endMarkedContent()
  }
  return count
}

import type { ContactSheetOptions } from '../../../domain/delivery/contact-sheet.ts'
import { pictureLabel } from '../../../domain/delivery/delivery-item.ts'
import type { DeliveryContext } from '../../../domain/delivery/delivery-progress.ts'
import type { CollisionRule } from '../../../domain/delivery/export-preset.ts'
import { entryOf } from '../../../domain/parameters/parameters.ts'
import { UNRATED } from '../../../domain/rating.ts'
import type { FoundPicture } from '../find-picture.ts'
import { localDay } from '../picture-names.ts'
import type { SmallPictures } from '../shown-pictures.ts'
import { MARGIN, type WrittenPdf, writePdf } from './pdf-file.ts'
import { INK, PdfFlow } from './pdf-flow.ts'

const GAP = 14
const CAPTION_SIZE = 7.5
const CAPTION_LINE = 10.5
const TITLE = 26
/** Pixels a point of paper gets: 200 ppi, where print stops to gain from more at this size. */
const PIXELS_PER_POINT = 200 / 72
const MOST_PIXELS = 2400

export interface ContactSheetRequest {
  readonly pictures: readonly FoundPicture[]
  readonly options: ContactSheetOptions
  readonly path: string
  readonly collision: CollisionRule
}

/** Writes the pictures in rows and columns, with captions, as many pages as they need. */
export async function writeContactSheet(
  { pictures, options, path, collision }: ContactSheetRequest,
  small: SmallPictures,
  context: DeliveryContext
): Promise<WrittenPdf> {
  const title = options.title === '' ? 'Contact sheet' : options.title
  return await writePdf(path, { ...options, title }, collision, async (document) => {
    const flow = new PdfFlow(document)
    const { columns, rows, captions } = options
    const perPage = columns * rows
    for (const [at, delivered] of pictures.entries()) {
      context.signal.throwIfAborted()
      context.onProgress({ activity: delivered.subject, done: at, total: pictures.length })
      if (at > 0 && at % perPage === 0) document.addPage()
      if (at % perPage === 0)
        drawTitle(flow, title, `${pictures.length} ${pictures.length === 1 ? 'picture' : 'pictures'}`)
      const width = (flow.width - (columns - 1) * GAP) / columns
      const height = (flow.bottom - MARGIN - TITLE - (rows - 1) * GAP) / rows
      const captionHeight = captions.length * CAPTION_LINE + 3
      const box = { width, height: height - captionHeight }
      const edge = Math.min(MOST_PIXELS, Math.ceil(Math.max(box.width, box.height) * PIXELS_PER_POINT))
      const picture = await small.make(delivered.picture.artifact, edge, context)
      const place = at % perPage
      const x = flow.left + (place % columns) * (width + GAP)
      const y = MARGIN + TITLE + Math.floor(place / columns) * (height + GAP)
      const words = captions.map((caption) => captionOf(caption, delivered, at + 1))
      const alt = `${at + 1}: ${words.join(', ')}`
      const drawn = picture ? flow.picture({ ...picture, alt }, x, y, box) : 0
      if (!picture) flow.textAt('This picture cannot be read.', x, y, width, { size: 8, colour: INK.quiet })
      const below = y + Math.max(drawn, picture ? 0 : 20) + 4
      words.forEach((text, line) => {
        const style = { size: CAPTION_SIZE, bold: line === 0, colour: line === 0 ? INK.text : INK.quiet }
        const top = below + line * CAPTION_LINE
        flow.tagged('Caption', () => flow.textAt(text, x, top, width, style, CAPTION_LINE))
      })
    }
    context.onProgress({ activity: 'Done', done: pictures.length, total: pictures.length })
  })
}

function drawTitle(flow: PdfFlow, title: string, count: string): void {
  flow.tagged('H1', () => flow.textAt(title, flow.left, MARGIN, flow.width - 90, { size: 13, bold: true }, 18))
  flow.tagged('P', () =>
    flow.textAt(count, flow.left + flow.width - 80, MARGIN + 3, 80, { size: 9, colour: INK.quiet, align: 'right' })
  )
}

function captionOf(caption: ContactSheetOptions['captions'][number], delivered: FoundPicture, n: number): string {
  const { job, kind, attempt, judgement } = delivered
  switch (caption) {
    case 'name':
      return job.references[0]?.name ?? job._id
    case 'subject':
      return `${n}  ${delivered.subject}`
    case 'purpose':
      return entryOf('purpose', job.parameters.purpose)?.label ?? job.parameters.purpose
    case 'picture':
      return kind === 'attempt' ? `attempt ${attempt}` : pictureLabel(delivered)
    case 'verdict':
      return judgement === null ? 'not judged' : judgement.passed ? '✓ passed' : '✗ not passed'
    case 'stars': {
      const { stars } = (kind === 'attempt' ? job.attemptRatings[String(attempt)] : job.rating) ?? UNRATED
      return `${'★'.repeat(stars)}${'☆'.repeat(5 - stars)}`
    }
    case 'date':
      return localDay(job.createdAt)
  }
}

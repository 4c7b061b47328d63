import type { Region } from '../../../domain/criterion.ts'
import type { DeliveryContext } from '../../../domain/delivery/delivery-progress.ts'
import type { Size } from '../../../domain/geometry.ts'
import type { ArtifactId, Attempt, Job } from '../../../domain/job.ts'
import { comparisonInWords } from '../../../domain/judging/comparison-words.ts'
import { OUTCOME_MARKS } from '../ledger-words.ts'
import type { SmallPictures } from '../shown-pictures.ts'
import { INK, type PdfFlow, type TextStyle } from './pdf-flow.ts'

/** Long edge of the pictures in a report, px. */
const EDGE = 900
const GAP = 12
const ROW_HEIGHT = 215
/** What is said below a picture seldom takes more. */
const WORDS = 50

interface Line {
  readonly text: string
  readonly style?: TextStyle
}

/** A picture with what is said below it. */
interface Card {
  readonly artifact: ArtifactId | null
  readonly alt: string
  readonly measured?: Size
  readonly regions?: readonly Region[]
  readonly lines: readonly Line[]
}

const QUIET: TextStyle = { size: 8, colour: INK.quiet }

/** The reference photos beside what was delivered. */
export async function drawDelivered(
  flow: PdfFlow,
  job: Job,
  small: SmallPictures,
  context: DeliveryContext
): Promise<void> {
  const references = job.references.map(({ artifact, name, inspection }): Card => {
    const facts = inspection ? `${inspection.width} × ${inspection.height} px · ${inspection.colourSpace}` : name
    return {
      artifact,
      alt: `Reference photo ${name}`,
      lines: [
        { text: 'Reference', style: { bold: true } },
        { text: facts, style: QUIET }
      ]
    }
  })
  const made = [
    { title: 'Final', delivered: job.final },
    { title: 'Best attempt, not passed', delivered: job.best }
  ].flatMap(({ title, delivered }): Card[] => {
    if (!delivered) return []
    const { picture, attempt } = delivered
    const facts = `attempt ${attempt} · ${picture.size.width} × ${picture.size.height} px`
    const notes = picture.notes.map((text) => ({ text, style: QUIET }))
    return [
      {
        artifact: picture.artifact,
        alt: title,
        lines: [{ text: title, style: { bold: true } }, { text: facts, style: QUIET }, ...notes]
      }
    ]
  })
  await drawCards(flow, [...references, ...made], small, context)
}

/** The attempts side by side, with what failed drawn on them. */
export async function drawAttempts(
  flow: PdfFlow,
  job: Job,
  small: SmallPictures,
  context: DeliveryContext
): Promise<void> {
  if (job.attempts.length === 0) return
  await flow.heading('Attempts', 2, ROW_HEIGHT + WORDS)
  await drawCards(flow, job.attempts.map(attemptCard), small, context)
}

function attemptCard({ number, seed, picture, judgement, brief, comparison }: Attempt): Card {
  const outcome = judgement && (judgement.passed ? 'passed' : 'failed')
  const verdict = outcome ? `${OUTCOME_MARKS[outcome]} ${outcome}` : 'not judged'
  const failed = (judgement?.ledger ?? []).filter((criterion) => criterion.outcome === 'failed')
  return {
    artifact: picture?.artifact ?? null,
    alt: `Attempt ${number}, ${outcome ?? 'not judged'}`,
    ...(picture && { measured: picture.size, regions: failed.flatMap(({ regions }) => regions) }),
    lines: [
      { text: `Attempt ${number}  ${verdict}`, style: { bold: true, colour: outcome ? INK[outcome] : INK.text } },
      { text: `seed ${seed}`, style: QUIET },
      ...(comparison ? [{ text: comparisonInWords(number, comparison), style: QUIET }] : []),
      ...brief.repairs.map(({ reason, setting, from, to }) => ({
        text: `${reason} (${setting}: ${from === null ? 'default' : String(from)} → ${String(to)})`,
        style: { size: 8 }
      }))
    ]
  }
}

const MOST_IN_A_ROW = 3

async function drawCards(flow: PdfFlow, cards: readonly Card[], small: SmallPictures, context: DeliveryContext) {
  const columns = Math.min(MOST_IN_A_ROW, Math.max(2, cards.length))
  for (let at = 0; at < cards.length; at += columns) {
    await drawRow(flow, cards.slice(at, at + columns), columns, small, context)
  }
}

async function drawRow(
  flow: PdfFlow,
  cards: readonly Card[],
  columns: number,
  small: SmallPictures,
  context: DeliveryContext
): Promise<void> {
  const width = (flow.width - (columns - 1) * GAP) / columns
  const pictures = await Promise.all(
    cards.map(({ artifact }) => (artifact === null ? null : small.make(artifact, EDGE, context)))
  )
  const heightOf = (lines: readonly Line[]) =>
    lines.reduce((sum, { text, style }) => sum + flow.heightOf(text, width, style) + 1, 0)
  const shown = Math.max(20, ...pictures.map((picture) => (picture ? drawnHeight(picture.size, width) : 0)))
  const words = Math.max(...cards.map(({ lines }) => heightOf(lines)))
  await flow.room(shown + words + 6)
  const top = flow.document.y
  for (const [column, card] of cards.entries()) {
    const x = flow.left + column * (width + GAP)
    const picture = pictures[column]
    if (picture) flow.picture({ ...card, ...picture }, x, top, { width, height: ROW_HEIGHT })
    else flow.textAt('No picture', x, top, width, QUIET)
    let y = top + shown + 4
    flow.tagged('P', () => {
      for (const { text, style } of card.lines) y = flow.textAt(text, x, y, width, style) + 1
    })
  }
  flow.document.y = top + shown + words + 10
}

function drawnHeight({ width, height }: Size, column: number): number {
  return height * Math.min(column / width, ROW_HEIGHT / height)
}

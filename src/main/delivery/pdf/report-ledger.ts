import type { Criterion, Outcome } from '../../../domain/criterion.ts'
import { bandInWords, valueInWords } from '../../../domain/figures.ts'
import type { Job } from '../../../domain/job.ts'
import type { Judgement } from '../../../domain/judgement.ts'
import { byOutcome, OUTCOME_MARKS } from '../ledger-words.ts'
import { INK, type PdfFlow, type TextStyle } from './pdf-flow.ts'

interface Column {
  readonly title: string
  readonly judgement: Judgement
}

const VALUE_WIDTH = 76
const LIMIT_WIDTH = 94
const GAP = 8
/** Beyond this the question has too little room: more attempts go into another table. */
const MOST_COLUMNS = 4

const COLOURS: Readonly<Record<Outcome, string>> = {
  passed: INK.passed,
  failed: INK.failed,
  undecided: INK.failed,
  advisory: INK.quiet,
  'not-attempted': INK.quiet
}

/** The ledgers of all attempts and of what was delivered, side by side: a row for each question. */
export async function drawLedger(flow: PdfFlow, job: Job): Promise<void> {
  const columns: Column[] = job.attempts.flatMap(({ number, judgement }) =>
    judgement ? [{ title: `Attempt ${number}`, judgement }] : []
  )
  if (job.final) columns.push({ title: 'Final', judgement: job.final.judgement })
  if (job.best) columns.push({ title: 'Best', judgement: job.best.judgement })
  if (columns.length === 0) return
  await flow.heading('Ledger')
  for (let at = 0; at < columns.length; at += MOST_COLUMNS) {
    if (at > 0) flow.gap(12)
    await drawTable(flow, columns.slice(at, at + MOST_COLUMNS))
  }
}

interface Cell {
  readonly text: string
  readonly style: TextStyle
  readonly x: number
  readonly width: number
}

async function drawTable(flow: PdfFlow, columns: readonly Column[]): Promise<void> {
  const question = flow.width - LIMIT_WIDTH - GAP - columns.length * (VALUE_WIDTH + GAP)
  const limitAt = flow.left + question + GAP
  const valueAt = (column: number) => limitAt + LIMIT_WIDTH + GAP + column * (VALUE_WIDTH + GAP)
  const head: Cell[] = [
    { text: 'Question', style: HEAD, x: flow.left, width: question },
    { text: 'Limit', style: HEAD, x: limitAt, width: LIMIT_WIDTH },
    ...columns.map(({ title }, column) => ({ text: title, style: HEAD, x: valueAt(column), width: VALUE_WIDTH }))
  ]
  drawRow(flow, head, 'TH')
  for (const { criterion, found } of rowsOf(columns)) {
    const cells: Cell[] = [
      { text: criterion.question, style: BODY, x: flow.left, width: question },
      { text: bandInWords(criterion.band, criterion.unit), style: QUIET, x: limitAt, width: LIMIT_WIDTH },
      ...found.map((each, column) => ({
        text: each ? `${OUTCOME_MARKS[each.outcome]} ${valueInWords(each)}`.trim() : '',
        style: { ...BODY, colour: each ? COLOURS[each.outcome] : INK.quiet },
        x: valueAt(column),
        width: VALUE_WIDTH
      }))
    ]
    const notes = notesOf(columns, found)
    const height = rowHeight(flow, cells) + notes.reduce((sum, note) => sum + flow.heightOf(note, flow.width, QUIET), 0)
    await flow.room(height + ROW_PADDING)
    // A row that came first on a page stands below a head of its own.
    if (flow.document.y <= flow.document.page.margins.top) drawRow(flow, head, 'TH')
    drawRow(flow, cells, 'TD', notes)
  }
}

const HEAD: TextStyle = { size: 8, bold: true }
const BODY: TextStyle = { size: 8 }
const QUIET: TextStyle = { size: 7.5, colour: INK.quiet }
const ROW_PADDING = 5

function rowHeight(flow: PdfFlow, cells: readonly Cell[]): number {
  return Math.max(...cells.map(({ text, width, style }) => flow.heightOf(text, width, style)))
}

function drawRow(flow: PdfFlow, cells: readonly Cell[], type: 'TH' | 'TD', notes: readonly string[] = []): void {
  const { document } = flow
  const top = document.y
  const height = rowHeight(flow, cells)
  for (const { text, style, x, width } of cells) {
    flow.tagged(type, () => flow.textAt(text, x, top, width, style))
  }
  let y = top + height
  for (const note of notes) {
    flow.tagged('P', () => {
      y = flow.textAt(note, flow.left, y, flow.width, QUIET)
    })
  }
  document.y = y + ROW_PADDING
  document.markContent('Artifact', { type: 'Layout' })
  document.lineWidth(0.5).strokeColor(INK.line)
  document
    .moveTo(flow.left, y + 2)
    .lineTo(flow.left + flow.width, y + 2)
    .stroke()
  document.endMarkedContent()
}

interface Row {
  readonly criterion: Criterion
  /** By column. */
  readonly found: readonly (Criterion | undefined)[]
}

/** Every question that any ledger holds, what failed first. */
function rowsOf(columns: readonly Column[]): Row[] {
  const known = new Map<string, Criterion>()
  for (const { judgement } of columns) {
    for (const criterion of byOutcome(judgement.ledger))
      if (!known.has(criterion.id)) known.set(criterion.id, criterion)
  }
  const rows = [...known.values()].map((criterion) => ({
    criterion,
    found: columns.map(({ judgement }) => judgement.ledger.find(({ id }) => id === criterion.id))
  }))
  const failures = ({ found }: Row) => found.filter((each) => each?.outcome === 'failed').length
  return rows.sort((a, b) => failures(b) - failures(a))
}

/** What the ledgers add in words; said once where several say the same. */
function notesOf(columns: readonly Column[], found: Row['found']): string[] {
  const said = new Map<string, string[]>()
  found.forEach((each, column) => {
    if (each?.note) said.set(each.note, [...(said.get(each.note) ?? []), columns[column]?.title ?? ''])
  })
  return [...said].map(([note, titles]) => (said.size === 1 ? note : `${titles.join(', ')}: ${note}`))
}

import { createHash } from 'node:crypto'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import type { ArtifactStore, StoredArtifact } from '../artifact-store.ts'
import type { Collection, Identified, RawDocument } from '../collection.ts'
import type { Store } from '../open-store.ts'
import { WORKERS } from '../repository/roll-call.ts'

/** Documents compared at once: whole ones, so few. */
const PAGE = 32
/** Times that everything is gone through for what has changed meanwhile, before the source counts as one in use. */
const MOST_ROUNDS = 5

export interface MoveProgress {
  readonly activity: 'pictures' | 'documents' | 'checking'
  readonly done: number
}

export interface MoveOptions {
  readonly signal: AbortSignal
  readonly onProgress: (progress: MoveProgress) => void
  /** The target as another process sees it, with nothing of what this one has put still at hand. */
  readonly openForChecking: () => Promise<Store>
}

export interface MoveResult {
  readonly documents: number
  readonly pictures: number
  /** Of those, how many were copied now; the others were there. */
  readonly copied: { readonly documents: number; readonly pictures: number }
  /** Documents that have gone on in the target since an earlier copy; they are left as they are there. */
  readonly newer: number
  /** Pictures whose bytes do not match their names in the source, and so are not copied. */
  readonly damaged: readonly string[]
}

interface Row extends Identified {
  readonly [field: string]: unknown
}

/**
 * Copies every picture and document to another store, pictures first, so that no document there refers to one that is
 * not. What is there already is not copied again: one that was cut short goes on when it is asked for again. At the end
 * every document has been read back and every picture read and hashed. The source stays as it is.
 * @throws StudioError `job-state` while workers write to the source, `store-damaged` where what was read back differs,
 * or what the stores raise.
 */
export async function moveStore(source: Store, target: Store, options: MoveOptions): Promise<MoveResult> {
  const pictures = await copyPictures(source.artifacts, target.artifacts, options)
  let copied = 0
  for (let round = 1; ; round += 1) {
    const { written, newer, documents } = await copyDocuments(source, target, options)
    copied += written
    if (written === 0) {
      await checkPictures(pictures.all, options)
      const { copied: copiedPictures, damaged, all } = pictures
      const counts = { documents: copied, pictures: copiedPictures }
      return { documents, pictures: all.length, copied: counts, newer, damaged }
    }
    if (round === MOST_ROUNDS) {
      throw new StudioError('job-state', 'The store changes while it is copied.', {
        hint: 'Stop every studio and server that works on it, then run the command again: it goes on where it was.'
      })
    }
  }
}

interface CopiedPictures {
  readonly all: readonly string[]
  readonly copied: number
  readonly damaged: readonly string[]
}

async function copyPictures(from: ArtifactStore, to: ArtifactStore, options: MoveOptions): Promise<CopiedPictures> {
  const { signal, onProgress } = options
  const all: string[] = []
  const damaged: string[] = []
  let copied = 0
  for await (const artifact of from.list()) {
    signal.throwIfAborted()
    try {
      if (await copyPicture(artifact, from, to, signal)) copied += 1
      all.push(artifact.id)
    } catch (thrown) {
      if (toStudioError(thrown).code !== 'artifact-damaged') throw thrown
      damaged.push(artifact.id)
    }
    onProgress({ activity: 'pictures', done: all.length })
  }
  return { all, copied, damaged }
}

/** Whether it was not there yet. */
async function copyPicture(
  { id, bytes }: StoredArtifact,
  from: ArtifactStore,
  to: ArtifactStore,
  signal: AbortSignal
): Promise<boolean> {
  if ((await to.stat(id))?.bytes === bytes) return false
  const stored = await to.putFile(await from.localPath(id), signal)
  if (stored.id !== id) throw new StudioError('artifact-damaged', `The picture ${id} changed while it was copied.`)
  return true
}

async function checkPictures(ids: readonly string[], { signal, onProgress, openForChecking }: MoveOptions) {
  const { artifacts, close } = await openForChecking()
  try {
    for (const [index, id] of ids.entries()) {
      signal.throwIfAborted()
      await artifacts.localPath(id)
      onProgress({ activity: 'checking', done: index + 1 })
    }
  } finally {
    await close()
  }
}

interface Round {
  readonly documents: number
  readonly written: number
  readonly newer: number
}

/** Writes what differs; a round in which nothing is written has compared every document. */
async function copyDocuments(source: Store, target: Store, { signal, onProgress }: MoveOptions): Promise<Round> {
  const round = { documents: 0, written: 0, newer: 0 }
  for (const name of await source.database.collections()) {
    // Who works on the one does not work on the other.
    if (name === WORKERS) continue
    const [from, to] = [source.database.collection<Identified>(name), target.database.collection<Identified>(name)]
    for await (const rows of pages(from)) {
      signal.throwIfAborted()
      const there = await byId(to, rows)
      for (const row of rows) {
        const outcome = await copyDocument(row, there.get(row._id), to)
        if (outcome !== 'same') round[outcome] += 1
      }
      round.documents += rows.length
      onProgress({ activity: 'documents', done: round.documents })
    }
  }
  return round
}

async function* pages(collection: Collection<Identified>): AsyncGenerator<Row[]> {
  for (let after = ''; ; ) {
    const rows = await collection.find({ _id: { $gt: after } }, { sort: { _id: 1 }, limit: PAGE }).toArray()
    yield rows.map(identified)
    const last = rows.at(-1)?._id
    if (rows.length < PAGE || typeof last !== 'string') return
    after = last
  }
}

async function byId(collection: Collection<Identified>, rows: readonly Row[]): Promise<Map<string, Row>> {
  const found = await collection.find({ _id: { $in: rows.map(({ _id }) => _id) } }).toArray()
  return new Map(found.map(identified).map((row) => [row._id, row]))
}

function identified(row: RawDocument): Row {
  const { _id } = row
  if (typeof _id !== 'string') throw new StudioError('store-damaged', 'A document of the store has no id of its own.')
  return { ...row, _id }
}

async function copyDocument(
  row: Row,
  there: Row | undefined,
  to: Collection<Identified>
): Promise<'same' | 'newer' | 'written'> {
  if (there === undefined) {
    await to.insertOne(row)
    return 'written'
  }
  if (digest(row) === digest(there)) return 'same'
  if (revision(there) > revision(row)) return 'newer'
  const { _id, ...fields } = row
  const gone = Object.keys(there).filter((field) => !(field in row))
  await to.updateOne(
    { _id },
    { $set: fields, ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map((field) => [field, ''])) }) }
  )
  return 'written'
}

const revision = ({ revision: counted }: Row) => (typeof counted === 'number' ? counted : 0)

/** The same for two documents that hold the same, in whatever order. */
function digest(document: Row): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered(document)))
    .digest('hex')
}

function ordered(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.toISOString() }
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields.map(([name, field]) => [name, ordered(field)]))
}

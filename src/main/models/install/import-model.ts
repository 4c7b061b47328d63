import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { link, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import type { CatalogueModel } from '../../../domain/models/catalogue-model.ts'
import { type ModelFile, modelPathSchema } from '../../../domain/models/model-file.ts'
import type { ModelProgress } from '../../../domain/models/model-state.ts'
import { makeFolder } from '../../files/durable-files.ts'
import { freeDisk } from '../../files/free-disk.ts'
import { digestOf } from '../file-digest.ts'
import { chooseFiles, missingPatterns } from '../file-patterns.ts'
import type { ModelFolders } from '../model-folders.ts'
import { makeWorkFolder, placeModel } from './place-model.ts'

export interface ImportModel {
  readonly model: CatalogueModel
  readonly folders: ModelFolders
  /** Where its files lie, in the layout of the hub. */
  readonly from: string
  /** link: the files get a second name on the same drive, and take no room. */
  readonly mode: 'copy' | 'link'
  readonly signal: AbortSignal
  readonly onProgress: (progress: ModelProgress) => void
}

interface Found {
  readonly path: string
  readonly bytes: number
}

/** Git leaves this in place of a large file that was not fetched (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
const POINTER = 'version https://git-lfs.github.com/spec/'
const CHUNK_BYTES = 1024 ** 2

/**
 * Installs a model out of a folder that somebody has already, where its layout is right. The caller holds the model's lock.
 * @throws StudioError `model-folder-unfit`, `folder-unreadable`, `disk-full`.
 */
export async function importModel(work: ImportModel): Promise<void> {
  const { model, folders, from, mode } = work
  const found = await fittingFiles(model, from)
  const made = await makeWorkFolder(folders, model.id)
  try {
    if (mode === 'copy') await checkRoom(model, made, found)
    const files = await bring(work, found, made)
    const { id, repository } = model
    const about = { schemaVersion: 1, id, repository, commit: null, origin: 'folder' } as const
    await placeModel(folders, made, { ...about, files, installedAt: new Date() })
  } finally {
    await rm(made, { recursive: true, force: true })
  }
}

async function fittingFiles(model: CatalogueModel, from: string): Promise<Found[]> {
  const entries = await readdir(from, { withFileTypes: true, recursive: true }).catch((cause: unknown) => {
    throw new StudioError('folder-unreadable', `The folder ${from} cannot be read.`, { cause })
  })
  const paths = entries.map((entry) => relative(from, join(entry.parentPath, entry.name)).split(sep).join('/'))
  const missing = missingPatterns(model, paths)
  if (missing.length > 0) throw unfit(from, `has no ${missing.join(', ')}, which ${model.name} needs`)
  const found: Found[] = []
  for (const { path } of chooseFiles(
    model,
    paths.map((path) => ({ path }))
  )) {
    const facts = await stat(join(from, path))
    if (!facts.isFile() || !modelPathSchema.safeParse(path).success) continue
    if (facts.size === 0 && path.endsWith('.onnx')) throw unfit(from, `holds an empty ${path}`)
    if (await isPointer(join(from, path)))
      throw unfit(from, `holds only a pointer of Git in place of ${path}; run "git lfs pull" there`)
    found.push({ path, bytes: facts.size })
  }
  return found
}

function unfit(from: string, how: string): StudioError {
  return new StudioError('model-folder-unfit', `The folder ${from} ${how}.`)
}

async function isPointer(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(POINTER.length), 0, POINTER.length, 0)
    return buffer.toString('latin1', 0, bytesRead) === POINTER
  } finally {
    await handle.close()
  }
}

async function checkRoom(model: CatalogueModel, made: string, found: readonly Found[]): Promise<void> {
  const needed = found.reduce((sum, { bytes }) => sum + bytes, 0)
  const { bytes } = await freeDisk(made)
  if (bytes >= needed) return
  throw new StudioError('disk-full', `There is no room for a copy of ${model.name}.`, {
    hint: 'Free some space, or link the files in place of copying them, where both folders lie on one drive.'
  })
}

async function bring(
  { from, mode, signal, onProgress }: ImportModel,
  found: readonly Found[],
  made: string
): Promise<ModelFile[]> {
  const total = found.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  const onBytes = (bytes: number) => {
    done += bytes
    onProgress({ done: Math.min(done, total), total, bytesPerSecond: null, leftMs: null })
  }
  const files: ModelFile[] = []
  for (const { path, bytes } of found) {
    signal.throwIfAborted()
    const [source, target] = [join(from, path), join(made, path)]
    await makeFolder(dirname(target))
    const digest =
      mode === 'link' ? await linked(source, target, signal, onBytes) : await copied(source, target, signal, onBytes)
    files.push({ path, bytes, digest })
  }
  return files
}

async function linked(
  source: string,
  target: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void
): Promise<ModelFile['digest']> {
  await link(source, target).catch((cause: unknown) => {
    throw new StudioError(
      'option-invalid',
      `${source} cannot be linked: its drive is another one, or knows no links.`,
      {
        hint: 'Import it as a copy.',
        cause
      }
    )
  })
  return await digestOf(target, 'sha256', signal, onBytes)
}

async function copied(
  source: string,
  target: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void
): Promise<ModelFile['digest']> {
  const hash = createHash('sha256')
  try {
    await pipeline(
      createReadStream(source, { highWaterMark: CHUNK_BYTES }),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          onBytes(chunk.length)
          yield chunk
        }
      },
      createWriteStream(target),
      { signal }
    )
  } catch (thrown) {
    signal.throwIfAborted()
    throw toStudioError(thrown)
  }
  return { algorithm: 'sha256', hex: hash.digest('hex') }
}

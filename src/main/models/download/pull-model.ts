import { readdir, rm } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import type { CatalogueModel } from '../../../domain/models/catalogue-model.ts'
import type { ModelFile } from '../../../domain/models/model-file.ts'
import type { ModelProgress } from '../../../domain/models/model-state.ts'
import { say } from '../../../domain/sentences/say.ts'
import { makeFolder } from '../../files/durable-files.ts'
import { freeDisk } from '../../files/free-disk.ts'
import { type HubListing, listModel } from '../hub/hub-listing.ts'
import type { HubAccess } from '../hub/hub-request.ts'
import { placeModel } from '../install/place-model.ts'
import type { ModelFolders } from '../model-folders.ts'
import { Checkpoints } from './checkpoints.ts'
import { downloadFiles } from './download-files.ts'
import { readRecord } from './download-record.ts'
import type { DownloadSettings } from './download-settings.ts'
import { PartialFile } from './partial-file.ts'

export type PullPhase = 'asking' | 'downloading' | 'checking'

export interface PullModel {
  readonly model: CatalogueModel
  readonly folders: ModelFolders
  readonly access: HubAccess
  readonly settings: DownloadSettings
  readonly signal: AbortSignal
  /** Bytes that other downloads have still to write to the same drive. */
  readonly promised: () => number
  readonly onProgress: (phase: PullPhase, progress: ModelProgress | null) => void
}

/**
 * Downloads a model and installs it, going on where an earlier download stopped: what is there of the same content is
 * kept, whatever commit it came from. The caller holds the model's lock.
 * @throws StudioError as `listModel` and `downloadFiles`; `disk-full` before the first byte where there is no room.
 */
export async function pullModel(work: PullModel): Promise<void> {
  const { model, folders, access, settings, signal, onProgress } = work
  onProgress('asking', null)
  const listing = await listModel(access, model, settings.policy, signal)
  const folder = folders.download(model.id)
  const content = join(folder, 'files')
  await makeFolder(content)
  const files = await openFiles(listing, folder, content)
  await checkRoom(work, folder, files)
  const { commit } = listing
  const { repository } = model
  const checkpoints = new Checkpoints(folder, { id: model.id, repository, commit }, files)
  try {
    await checkpoints.now()
    await downloadFiles({ access, settings, repository, commit, files, checkpoints, signal, onProgress })
  } catch (thrown) {
    throw filledUp(thrown, folder)
  } finally {
    // What has come is kept for the next time; a full drive cannot note it, and then less of it counts.
    await checkpoints.now().catch(() => undefined)
    await Promise.all(files.map((file) => file.close()))
  }
  const { id } = model
  await placeModel(folders, content, {
    schemaVersion: 1,
    id,
    origin: 'hub',
    repository,
    commit,
    files: listing.files.map(({ path, bytes, digest }) => ({ path, bytes, digest })),
    installedAt: new Date()
  })
  await rm(folder, { recursive: true, force: true })
}

/** A drive that others have filled meanwhile. */
function filledUp(thrown: unknown, folder: string): unknown {
  if (toStudioError(thrown).code !== 'disk-full') return thrown
  return new StudioError('disk-full', say('error-drive-full', { file: folder }), {
    hint: say('hint-pull-again'),
    cause: thrown
  })
}

const isSame = (a: ModelFile, b: ModelFile) =>
  a.path === b.path && a.bytes === b.bytes && a.digest.algorithm === b.digest.algorithm && a.digest.hex === b.digest.hex

async function openFiles(listing: HubListing, folder: string, content: string): Promise<PartialFile[]> {
  const record = await readRecord(folder)
  const files: PartialFile[] = []
  for (const file of listing.files) {
    const known = record?.files.find((each) => isSame(each, file))
    files.push(await PartialFile.open(file, join(content, file.path), known?.held ?? [], known?.verified ?? false))
  }
  await removeOthers(content, listing)
  return files
}

/** Files of another commit that the model has no longer. */
async function removeOthers(content: string, { files }: HubListing): Promise<void> {
  const wanted = new Set(files.map(({ path }) => path))
  for (const entry of await readdir(content, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && !wanted.has(relative(content, path).split(sep).join('/'))) await rm(path, { force: true })
  }
}

async function checkRoom(
  { model, promised, settings }: PullModel,
  folder: string,
  files: readonly PartialFile[]
): Promise<void> {
  const missing = files.reduce((sum, { file, held }) => sum + file.bytes - held, 0)
  const { bytes } = await freeDisk(folder)
  const needed = missing + promised() + (missing > 0 ? settings.spareDisk : 0)
  if (bytes >= needed) return
  const inGigabytes = (size: number) => `${(size / 1e9).toFixed(1)} GB`
  throw new StudioError(
    'disk-full',
    say('error-model-room', { model: model.name, needed: inGigabytes(needed), free: inGigabytes(bytes) }),
    {
      hint: say('hint-space-or-folder'),
      details: { needed, free: bytes }
    }
  )
}

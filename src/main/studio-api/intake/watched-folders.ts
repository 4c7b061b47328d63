import { access, constants, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { type FSWatcher, watch } from 'chokidar'
import { ulid } from 'ulid'
import type { WatchState } from '../../../contract/studio/studio-calls.ts'
import { StudioError, serializeError, toStudioError } from '../../../domain/errors.ts'
import { say } from '../../../domain/sentences/say.ts'
import type { WatchFolder } from '../../../domain/watch-folder.ts'
import type { ApiParts } from '../api-parts.ts'
import { OWN_WINDOW } from '../handlers.ts'
import { submitOrders } from '../orders/submit.ts'
import { importPhotos } from './import-photos.ts'

/** A file is taken once it has not grown for this long: a card reader or a tethered camera writes in bursts. */
const SETTLED_MS = 2_000

interface Watched {
  folder: WatchFolder
  watcher: FSWatcher | null
  error: StudioError | null
  queued: number
  /** Sizes of files that could not be used, bytes: one cut short is tried again when it has grown. */
  readonly refused: Map<string, number>
}

/** `undefined` leaves a part as it is. */
type WatchChange = { readonly [P in 'presetId' | 'subfolders' | 'enabled']?: WatchFolder[P] | undefined }

type Parts = Pick<ApiParts, 'studio' | 'tell' | 'notices' | 'nudge'>

/** Hot folders: what arrives becomes a photo of a new person and a job with the folder's preset. */
export class WatchedFolders {
  readonly #parts: Parts
  readonly #watched = new Map<string, Watched>()
  readonly #closing = new AbortController()
  /** One arrival after the other, in the order they came. */
  #last: Promise<void> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    for (const folder of await this.#parts.studio.watchFolders.list()) await this.#begin(folder, 0)
    this.#tell()
  }

  async stop(): Promise<void> {
    this.#closing.abort()
    await Promise.all([...this.#watched.values()].map(({ watcher }) => watcher?.close()))
    await this.#last
  }

  states(): WatchState[] {
    return [...this.#watched.values()].map(stateOf)
  }

  /** @throws StudioError `folder-unreadable`. */
  async add(asked: Omit<WatchFolder, '_id'>): Promise<WatchState> {
    await requireFolder(asked.folder)
    const folder = { ...asked, _id: ulid() }
    await this.#parts.studio.watchFolders.put(folder)
    return await this.#restarted(folder, 0)
  }

  /** @throws StudioError `watch-folder-missing`. */
  async change(id: string, change: WatchChange): Promise<WatchState> {
    const { folder, queued, watcher } = this.#one(id)
    await watcher?.close()
    const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const changed = { ...folder, ...named }
    await this.#parts.studio.watchFolders.put(changed)
    return await this.#restarted(changed, queued)
  }

  async remove(id: string): Promise<void> {
    await this.#one(id).watcher?.close()
    await this.#parts.studio.watchFolders.remove(id)
    this.#watched.delete(id)
    this.#tell()
  }

  #one(id: string): Watched {
    const watched = this.#watched.get(id)
    if (!watched) throw new StudioError('watch-folder-missing', 'The folder is no longer watched.')
    return watched
  }

  async #restarted(folder: WatchFolder, queued: number): Promise<WatchState> {
    const watched = await this.#begin(folder, queued)
    this.#tell()
    return stateOf(watched)
  }

  async #begin(folder: WatchFolder, queued: number): Promise<Watched> {
    const watched: Watched = { folder, watcher: null, error: null, queued, refused: new Map() }
    this.#watched.set(folder._id, watched)
    if (!folder.enabled) return watched
    try {
      await requireFolder(folder.folder)
    } catch (thrown) {
      watched.error = toStudioError(thrown)
      return watched
    }
    watched.watcher = watch(folder.folder, {
      ignored: (path) => path !== folder.folder && basename(path).startsWith('.'),
      ignoreInitial: true,
      awaitWriteFinish: { stabilityThreshold: SETTLED_MS },
      ...(folder.subfolders ? {} : { depth: 0 })
    })
    watched.watcher.on('add', (path) => this.#arrived(watched, path))
    watched.watcher.on('change', (path) => watched.refused.has(path) && this.#arrived(watched, path))
    watched.watcher.on('error', (thrown) => {
      watched.error = toStudioError(thrown)
      this.#tell()
    })
    await new Promise<void>((resolve) => void watched.watcher?.once('ready', resolve))
    return watched
  }

  #arrived(watched: Watched, path: string): void {
    this.#last = this.#last
      .then(() => this.#take(watched, path))
      .catch((thrown: unknown) => {
        if (!this.#closing.signal.aborted) this.#parts.notices.sayError(toStudioError(thrown), 'warning')
      })
  }

  async #take(watched: Watched, path: string): Promise<void> {
    const { studio, nudge } = this.#parts
    const { signal } = this.#closing
    signal.throwIfAborted()
    const { size } = await stat(path)
    // A change is also told of what has merely been touched.
    if (watched.refused.get(path) === size) return
    const context = { signal, onProgress: () => undefined, task: null, asker: OWN_WINDOW }
    const options = { subjectId: null, context, watchFolderId: watched.folder._id }
    const { accepted } = await importPhotos(this.#parts, [{ kind: 'path', path }], options)
    if (accepted.length === 0) {
      watched.refused.set(path, size)
      return
    }
    watched.refused.delete(path)
    const { presetId } = watched.folder
    const preset = presetId === null ? null : await studio.presets.get(presetId)
    const settings = preset?.settings ?? (await studio.settings.get()).order
    const backdrop = preset?.backdrop ?? null
    const orders = accepted.map(({ _id }) => ({ ...settings, photoIds: [_id], backdrop, priority: 0 }))
    const { jobs, refused } = await submitOrders({ studio }, orders, signal)
    for (const { error } of refused) {
      this.#parts.notices.say({ level: 'warning', code: error.code, message: error.message, hint: error.hint })
    }
    watched.queued += jobs.length
    nudge()
    this.#tell()
  }

  #tell(): void {
    this.#parts.tell('watch.changed', { folders: this.states() })
  }
}

function stateOf({ folder, watcher, error, queued }: Watched): WatchState {
  const state = folder.enabled ? (watcher && !error ? 'watching' : 'away') : 'off'
  return { ...folder, state, error: error ? serializeError(error) : null, queued }
}

async function requireFolder(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK | constants.X_OK)
  } catch (cause) {
    throw new StudioError('folder-unreadable', say('error-folder-closed', { folder: path }), { cause })
  }
}

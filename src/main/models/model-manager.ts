import { rename, rm } from 'node:fs/promises'
import { StudioError, serializeError } from '../../domain/errors.ts'
import type { CatalogueModel } from '../../domain/models/catalogue-model.ts'
import { fitOf, type Machine } from '../../domain/models/model-fit.ts'
import type { ModelProgress, ModelState } from '../../domain/models/model-state.ts'
import { say } from '../../domain/sentences/say.ts'
import { makeFolder } from '../files/durable-files.ts'
import type { DownloadSettings } from './download/download-settings.ts'
import type { HubAccess } from './hub/hub-request.ts'
import { moveToBin } from './install/place-model.ts'
import { readInstalled } from './install/read-installed.ts'
import { damagedFiles, reopenDownload } from './install/verify-model.ts'
import type { ModelFolders } from './model-folders.ts'
import { busy, withModelLock } from './model-lock.ts'
import { stateOf } from './model-states.ts'
import { ModelWork } from './model-work.ts'
import { tidyModels } from './tidy-models.ts'

export interface ModelParts {
  /** Read when it is first needed, and again until that succeeds. */
  readonly catalogue: () => Promise<readonly CatalogueModel[]>
  readonly folders: ModelFolders
  readonly access: () => Promise<HubAccess>
  readonly settings: DownloadSettings
  readonly machine: () => Promise<Machine>
}

/** What whoever asks for a model has agreed to. */
export interface Consent {
  /** The licence of a model that is not for paid work. */
  readonly licence: boolean
  /** That it does not run well on this machine, or not at all. */
  readonly unfit: boolean
}

/** Installs, checks and removes the models of the catalogue. */
export class ModelManager {
  readonly #parts: ModelParts
  readonly #listeners = new Set<() => void>()
  readonly #work = new ModelWork(() => {
    for (const listener of this.#listeners) listener()
  })
  /** Removed since this process began, by id. */
  readonly #removed = new Map<string, string>()

  constructor(parts: ModelParts) {
    this.#parts = parts
  }

  /** Told at each step of whatever is going on, which may be often. */
  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async list(): Promise<ModelState[]> {
    const machine = await this.#machine()
    const catalogue = await this.#parts.catalogue()
    return await Promise.all(catalogue.map((model) => this.#stateOf(model, machine)))
  }

  /** @throws StudioError `model-unknown`. */
  async state(id: string): Promise<ModelState> {
    return await this.#stateOf(await this.#find(id), await this.#machine())
  }

  /** What is being done with a model now, without a look at the drive; null while nothing is. */
  working(id: string): Pick<ModelState, 'state' | 'progress'> | null {
    const now = this.#work.of(id)
    return now && { state: now.phase, progress: now.progress }
  }

  /** Where an installed model lies; null where it is not installed. */
  async folderOf(id: string): Promise<string | null> {
    const folder = this.#parts.folders.installed(id)
    return (await readInstalled(folder)) === null ? null : folder
  }

  /**
   * Begins to download a model and install it; `ended` resolves once it is. One that is being pulled already is left
   * alone, one that is installed too.
   * @throws StudioError `model-unknown`, `model-licence`, `model-unfit`.
   */
  async pull(id: string, consent: Consent): Promise<{ readonly ended: Promise<void> }> {
    const model = await this.#find(id)
    const state = await this.state(id)
    const now = this.#work.of(id)
    if (now) return { ended: now.ended }
    if (state.state === 'installed') return { ended: Promise.resolve() }
    this.#checkConsent(state, consent)
    const { folders, settings } = this.#parts
    const ended = this.#work.run(id, 'asking', async ({ signal, tell }) => {
      // Loaded only by those who download something.
      const [{ pullModel }, access] = await Promise.all([import('./download/pull-model.ts'), this.#parts.access()])
      const promised = () => this.#work.promisedBut(id)
      await withModelLock(folders.locks, id, () =>
        pullModel({ model, folders, access, settings, signal, promised, onProgress: tell })
      )
    })
    // Told in the state as well: nobody has to wait for it.
    ended.catch(() => undefined)
    return { ended }
  }

  /** Ends what is going on with a model; a download is kept and can go on later. */
  async pause(id: string): Promise<void> {
    await this.#find(id)
    await this.#work.stop(id, new StudioError('cancelled', 'It was paused.'))
  }

  /** Ends a download and throws away what has come of it. */
  async discard(id: string): Promise<void> {
    await this.pause(id)
    const { folders } = this.#parts
    await withModelLock(folders.locks, id, () => rm(folders.download(id), { recursive: true, force: true }))
    this.#changed()
  }

  /** Installs a model out of a folder. @throws StudioError as `importModel`. */
  async import(id: string, from: string, mode: 'copy' | 'link', signal: AbortSignal): Promise<void> {
    const model = await this.#find(id)
    const { folders } = this.#parts
    const { importModel } = await import('./install/import-model.ts')
    await this.#long(id, 'importing', signal, (context) => {
      const onProgress = (progress: ModelProgress) => context.tell('importing', progress)
      return importModel({ model, folders, from, mode, signal: context.signal, onProgress })
    })
  }

  /**
   * Reads every byte of an installed model. One that was downloaded and is damaged becomes a download again, which needs
   * only what is damaged.
   * @throws StudioError `model-not-installed`, `model-damaged`.
   */
  async verify(id: string, signal: AbortSignal): Promise<void> {
    const { name } = await this.#find(id)
    const { folders } = this.#parts
    const folder = folders.installed(id)
    const installed = await readInstalled(folder)
    if (!installed) throw new StudioError('model-not-installed', say('error-model-not-installed', { model: name }))
    await this.#long(id, 'checking', signal, async (context) => {
      const damaged = await damagedFiles(folder, installed, context.signal, (progress) =>
        context.tell('checking', progress)
      )
      if (damaged.length === 0) return
      const fromHub = installed.origin === 'hub'
      if (fromHub) await reopenDownload(folders, installed, damaged)
      throw new StudioError('model-damaged', say('error-model-damaged', { model: name, files: damaged.join(', ') }), {
        hint: fromHub ? 'Pull it again: only what is damaged is downloaded.' : 'Import it again.',
        details: { damaged }
      })
    })
  }

  /** Until this process ends it can be brought back. @throws StudioError `model-not-installed`. */
  async remove(id: string): Promise<void> {
    const { name } = await this.#find(id)
    const { folders } = this.#parts
    if (this.#work.of(id)) throw busy(id)
    await withModelLock(folders.locks, id, async () => {
      const binned = await moveToBin(folders, id)
      if (binned === null)
        throw new StudioError('model-not-installed', say('error-model-not-installed', { model: name }))
      await this.#eraseRemoved(id)
      this.#removed.set(id, binned)
    })
    this.#changed()
  }

  /** Brings back what was removed. @throws StudioError `model-not-installed` where it was not, or is gone for good. */
  async restore(id: string): Promise<void> {
    const { name } = await this.#find(id)
    const binned = this.#removed.get(id)
    const { folders } = this.#parts
    if (binned === undefined || (await this.folderOf(id)) !== null) {
      throw new StudioError('model-not-installed', `${name} cannot be brought back.`)
    }
    await withModelLock(folders.locks, id, () => rename(binned, folders.installed(id)))
    this.#removed.delete(id)
    this.#changed()
  }

  /** Erases what was removed, for good. */
  async erase(id: string): Promise<void> {
    await this.#eraseRemoved(id)
  }

  /** Takes away what earlier processes left: removed models, and work that nobody can go on with. */
  async tidy(): Promise<void> {
    const { folders, catalogue } = this.#parts
    await tidyModels(folders, new Set((await catalogue()).map(({ id }) => id)), new Set(this.#removed.values()))
  }

  /** Downloads stop, to go on another time. */
  async stop(): Promise<void> {
    await this.#work.stopAll(new StudioError('cancelled', 'The studio is closing.'))
  }

  async #find(id: string): Promise<CatalogueModel> {
    const model = (await this.#parts.catalogue()).find((each) => each.id === id)
    if (!model) throw new StudioError('model-unknown', `There is no model "${id}" in the catalogue.`)
    return model
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }

  async #machine(): Promise<Machine> {
    await makeFolder(this.#parts.folders.root)
    return await this.#parts.machine()
  }

  async #stateOf(model: CatalogueModel, machine: Machine): Promise<ModelState> {
    const { folders } = this.#parts
    const now = this.#work.of(model.id)
    const found = await stateOf(model, folders)
    const state = now ? { ...found, state: now.phase, progress: now.progress ?? found.progress } : found
    const error = this.#work.errorOf(model.id) ?? found.error
    const fit = fitOf(model, machine, found.state === 'installed' ? model.bytes : found.bytes)
    const canRestore = state.state !== 'installed' && this.#removed.has(model.id)
    return { model, ...state, fit, canRestore, error: now || !error ? null : serializeError(error) }
  }

  #checkConsent({ model, fit, state }: ModelState, consent: Consent): void {
    // Whoever began the download has accepted it.
    const accepted = model.licence.commercial || consent.licence || state === 'partial'
    if (!accepted) {
      const { name, url } = model.licence
      throw new StudioError('model-licence', `${model.name} is not for paid work: its licence is the ${name}, ${url}`, {
        details: { licence: model.licence }
      })
    }
    if (fit.verdict === 'memory-short' && !consent.unfit) {
      const inGigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
      const { needs, has } = fit
      throw new StudioError(
        'model-unfit',
        say('error-model-memory', {
          model: model.name,
          needed: inGigabytes(needs.memory),
          free: inGigabytes(has.memory)
        }),
        { details: { needs, has } }
      )
    }
  }

  async #long(
    id: string,
    phase: 'importing' | 'checking',
    signal: AbortSignal,
    work: Parameters<ModelWork['run']>[2]
  ): Promise<void> {
    signal.throwIfAborted()
    if (this.#work.of(id)) throw busy(id)
    const { locks } = this.#parts.folders
    const stop = () => void this.pause(id)
    signal.addEventListener('abort', stop, { once: true })
    try {
      await this.#work.run(id, phase, (context) => withModelLock(locks, id, () => work(context)))
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  async #eraseRemoved(id: string): Promise<void> {
    const former = this.#removed.get(id)
    this.#removed.delete(id)
    if (former !== undefined) await rm(former, { recursive: true, force: true })
  }
}

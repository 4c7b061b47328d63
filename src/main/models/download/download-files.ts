import { EventEmitter, once } from 'node:events'
import { StudioError, toStudioError } from '../../../domain/errors.ts'
import type { ModelProgress } from '../../../domain/models/model-state.ts'
import { digestOf } from '../file-digest.ts'
import type { HubAccess } from '../hub/hub-request.ts'
import type { Checkpoints } from './checkpoints.ts'
import type { DownloadSettings } from './download-settings.ts'
import { fetchRange } from './fetch-range.ts'
import type { PartialFile } from './partial-file.ts'
import { SpeedMeter } from './speed-meter.ts'

export interface DownloadFiles {
  readonly access: HubAccess
  readonly settings: DownloadSettings
  readonly repository: string
  readonly commit: string
  readonly files: readonly PartialFile[]
  readonly checkpoints: Checkpoints
  readonly signal: AbortSignal
  readonly onProgress: (phase: 'downloading' | 'checking', progress: ModelProgress) => void
}

/**
 * Fetches what is missing of every file, several pieces at once, and checks each file against its digest. A damaged file
 * is fetched once more.
 * @throws StudioError `download-damaged` when it comes damaged again; as `fetchRange`.
 */
export async function downloadFiles(work: DownloadFiles): Promise<void> {
  const failed = new AbortController()
  const signal = AbortSignal.any([work.signal, failed.signal])
  const crew = new Crew({ ...work, signal })
  const hands = Array.from({ length: work.settings.connections }, () =>
    crew.work().catch((thrown: unknown) => {
      // The first failure ends the others, and is the one that is told.
      if (!failed.signal.aborted) failed.abort(thrown)
    })
  )
  await Promise.all(hands)
  await Promise.all(work.files.map((file) => file.close()))
  work.signal.throwIfAborted()
  if (failed.signal.aborted) throw toStudioError(failed.signal.reason)
}

class Crew {
  readonly #work: DownloadFiles
  readonly #meter = new SpeedMeter()
  readonly #checking = new Set<PartialFile>()
  /** Told to those who found nothing to do: a piece may have been handed back. */
  readonly #changes = new EventEmitter<{ changed: [] }>()
  #changed = 0

  constructor(work: DownloadFiles) {
    this.#work = work
    this.#tell()
  }

  /** Takes one piece after the other until there is none left. */
  async work(): Promise<void> {
    const { files, signal } = this.#work
    for (;;) {
      signal.throwIfAborted()
      const before = this.#changed
      if ((await this.#fetchOne()) || (await this.#checkOne())) {
        this.#changed += 1
        this.#changes.emit('changed')
      } else if (files.every(({ verified }) => verified)) {
        return
      } else if (this.#changed === before) {
        await once(this.#changes, 'changed', { signal })
      }
    }
  }

  async #fetchOne(): Promise<boolean> {
    const { files, settings, access, repository, commit, signal, checkpoints } = this.#work
    for (const partial of files) {
      if (partial.verified || this.#checking.has(partial)) continue
      const range = partial.claim(settings.pieceBytes)
      if (!range) continue
      const { generation } = partial
      try {
        const { policy } = settings
        const onBytes = (bytes: number) => this.#came(bytes)
        const fate = await fetchRange({ access, policy, repository, commit, partial, range, signal, onBytes })
        if (fate === 'unranged') partial.ranged = false
        // Told by the first of its pieces; the others were of the same file.
        if (fate === 'misfit' && generation === partial.generation)
          await this.#damaged(partial, 'has another length than the hub says')
      } finally {
        partial.release(range)
        checkpoints.soon()
      }
      return true
    }
    return false
  }

  async #checkOne(): Promise<boolean> {
    const { files, signal, checkpoints } = this.#work
    const partial = files.find(
      (each) => each.isComplete && !each.verified && !each.isClaimed && !this.#checking.has(each)
    )
    if (!partial) return false
    this.#checking.add(partial)
    try {
      this.#tell()
      const { digest } = partial.file
      const found = await digestOf(partial.path, digest.algorithm, signal)
      if (found.hex === digest.hex) {
        partial.verified = true
        await checkpoints.now()
      } else {
        await this.#damaged(partial, 'has another checksum than the hub says')
      }
    } finally {
      this.#checking.delete(partial)
    }
    this.#tell()
    return true
  }

  async #damaged(partial: PartialFile, how: string): Promise<void> {
    const { checkpoints, repository } = this.#work
    // A record that is being written still claims these bytes: the one after it does not.
    await checkpoints.settled()
    partial.forget()
    await checkpoints.now()
    if (partial.wasDamaged) {
      const { path } = partial.file
      throw new StudioError('download-damaged', `"${path}" of ${repository} ${how}, twice.`, { details: { path } })
    }
    partial.wasDamaged = true
  }

  #came(bytes: number): void {
    this.#meter.add(bytes, performance.now())
    this.#tell()
    this.#work.checkpoints.soon()
  }

  #tell(): void {
    const { files, onProgress } = this.#work
    // Small files are checked while others still come: that is no phase of its own.
    const phase = files.every(({ isComplete }) => isComplete) ? 'checking' : 'downloading'
    const now = performance.now()
    const done = files.reduce((sum, { held }) => sum + held, 0)
    const total = files.reduce((sum, { file }) => sum + file.bytes, 0)
    const bytesPerSecond = this.#meter.bytesPerSecond(now)
    onProgress(phase, { done, total, bytesPerSecond, leftMs: this.#meter.leftMs(total - done, now) })
  }
}

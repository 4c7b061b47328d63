import { copyFile } from 'node:fs/promises'
import type { JobProgress } from '../../jobs/job-events.ts'
import type { MediaFiles } from './media-files.ts'

interface Shown {
  readonly attempt: number | null
  readonly key: string
}

/** Pictures as they form in running steps, as swatches: what the engine wrote goes with its step, these stay to be shown. */
export class FormingPictures {
  readonly #media: Pick<MediaFiles, 'swatch'>
  readonly #shown = new Map<string, Shown>()
  /** The file last taken of each job. */
  readonly #taken = new Map<string, string>()

  constructor(media: Pick<MediaFiles, 'swatch'>) {
    this.#media = media
  }

  /** The key of the newest picture of the step a job is at; null where it has shown none. */
  keyOf({ jobId, step, attempt }: Pick<JobProgress, 'jobId' | 'step' | 'attempt'>): string | null {
    const shown = this.#shown.get(jobId)
    return step === 'generate' && shown && shown.attempt === attempt ? shown.key : null
  }

  /** Takes the picture that a sign of life brought; `onShown` is called when it is there to be looked at. */
  take({ jobId, attempt, progress, reference }: JobProgress, onShown: () => void): void {
    const path = progress?.preview
    if (path === undefined || this.#taken.get(jobId) === path) return
    this.#taken.set(jobId, path)
    const made = this.#media.swatch(reference, [jobId, attempt, path], (outputPath) => copyFile(path, outputPath))
    made.then(
      (key) => {
        if (this.#taken.get(jobId) !== path) return
        this.#shown.set(jobId, { attempt, key })
        onShown()
      },
      // The step ended first, and its files with it: the picture itself is there now.
      () => undefined
    )
  }

  forget(jobId: string): void {
    this.#shown.delete(jobId)
    this.#taken.delete(jobId)
  }
}

import type { OnProgress, Progress } from '../../domain/progress.ts'

/** More often nobody can see, and each message wakes the studio's main thread. */
const EVERY_MS = 100

/** Passes on what changes the words, the time announced or the picture at once, and mere counting at most ten times a second. */
export function throttleProgress(onProgress: OnProgress, now: () => number = () => performance.now()): OnProgress {
  let last: Progress | undefined
  let lastAt = 0
  return (progress) => {
    const news =
      last?.activity !== progress.activity ||
      last.withinMs !== progress.withinMs ||
      (progress.preview !== undefined && last.preview !== progress.preview)
    if (!news && progress.done < progress.total && now() - lastAt < EVERY_MS) return
    last = progress
    lastAt = now()
    onProgress(progress)
  }
}

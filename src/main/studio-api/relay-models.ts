import type { ModelManager } from '../models/model-manager.ts'
import type { TellEvent } from './event-hub.ts'

/** As often as a figure that changes can be read. */
const EVERY_MS = 300

/** Tells how it stands with the models whenever that changes, until the function it returns is called. */
export function relayModels(models: ModelManager, tell: TellEvent): () => void {
  let timer: NodeJS.Timeout | undefined
  const stop = models.onChanged(() => {
    timer ??= setTimeout(() => {
      timer = undefined
      // Asked for again by whoever looks at them.
      void models.list().then(
        (states) => tell('models.changed', { models: states }),
        () => undefined
      )
    }, EVERY_MS)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

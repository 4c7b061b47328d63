import type { ModelState } from '../../domain/models/model-state.ts'
import type { ModelManager } from '../models/model-manager.ts'
import type { TellEvent } from './event-hub.ts'

/** As often as a figure that changes can be read. */
const EVERY_MS = 300

const isSettled = ({ state }: ModelState) => state === 'absent' || state === 'partial' || state === 'installed'

/**
 * Tells how it stands with the models whenever that changes, until the function it returns is called.
 * @param onSettled called when nothing is being done any more: other engines may be there now than before
 */
export function relayModels(models: ModelManager, tell: TellEvent, onSettled: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const stop = models.onChanged(() => {
    timer ??= setTimeout(() => {
      timer = undefined
      models.list().then(
        (states) => {
          tell('models.changed', { models: states })
          if (states.every(isSettled)) onSettled()
        },
        // Asked for again by whoever looks at them.
        () => undefined
      )
    }, EVERY_MS)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

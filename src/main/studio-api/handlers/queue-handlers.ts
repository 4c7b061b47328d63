import type { ApiParts } from '../api-parts.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'

export function queueHandlers({ studio: { manager } }: ApiParts): HandlersOf<CallsIn<'queue'>> {
  return {
    async 'queue.pause'() {
      manager.pause()
      return { paused: manager.paused }
    },
    async 'queue.resume'() {
      manager.resume()
      return { paused: manager.paused }
    }
  }
}

import type { CallsIn, HandlersOf } from '../handlers.ts'
import type { WatchedFolders } from '../intake/watched-folders.ts'

export function watchHandlers(watched: WatchedFolders): HandlersOf<CallsIn<'watch'>> {
  return {
    'watch.list': async () => ({ folders: watched.states() }),
    'watch.add': (folder) => watched.add(folder),
    'watch.change': ({ id, change }) => watched.change(id, change),
    async 'watch.remove'({ id }) {
      await watched.remove(id)
      return {}
    }
  }
}

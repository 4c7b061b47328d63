import { join } from 'node:path'
import type { DesktopCallName, StudioCallName } from '../../contract/studio/calls.ts'
import type { Media } from '../../contract/studio/media.ts'
import type { StudioAnswer, StudioMessage } from '../../contract/studio/transport.ts'
import { BrowserAccess } from '../browser-access/browser-access.ts'
import type { Studio } from '../studio.ts'
import type { ApiParts } from './api-parts.ts'
import { emptyBin } from './bin.ts'
import { dispatch } from './dispatch.ts'
import { EngineStates } from './engine-states.ts'
import { EventHub } from './event-hub.ts'
import { deliveryHandlers } from './handlers/delivery-handlers.ts'
import { engineHandlers } from './handlers/engine-handlers.ts'
import { jobHandlers } from './handlers/job-handlers.ts'
import { modelHandlers } from './handlers/model-handlers.ts'
import { photoHandlers } from './handlers/photo-handlers.ts'
import { presetHandlers } from './handlers/preset-handlers.ts'
import { promptHandlers } from './handlers/prompt-handlers.ts'
import { queueHandlers } from './handlers/queue-handlers.ts'
import { serverHandlers } from './handlers/server-handlers.ts'
import { storageHandlers } from './handlers/storage-handlers.ts'
import { studioHandlers } from './handlers/studio-handlers.ts'
import { subjectHandlers } from './handlers/subject-handlers.ts'
import { watchHandlers } from './handlers/watch-handlers.ts'
import { type Asker, type CommonCallName, type HandlersOf, OWN_WINDOW } from './handlers.ts'
import { WatchedFolders } from './intake/watched-folders.ts'
import { JobFeed } from './job-feed.ts'
import { type MediaFile, MediaFiles } from './media/media-files.ts'
import { Notices } from './notices.ts'
import { QueueWatch } from './queue-state.ts'
import { relayJobs } from './relay-jobs.ts'
import { relayModels } from './relay-models.ts'
import { Serving } from './serving.ts'
import { Tasks } from './tasks.ts'

/** Thumbnails of some ten thousand pictures. */
const MOST_CACHE_BYTES = 2 * 1024 ** 3
/** It looks at every file of the cache, which the first screen does not wait for. */
const TIDY_AFTER_MS = 30_000
const DAY_MS = 24 * 60 * 60 * 1000

export interface StudioApiOptions {
  readonly studio: Studio
  readonly events?: EventHub
  /** Where LICENSE and NOTICE lie. */
  readonly programFolder: string
  /** What a window on this machine adds; absent where there is none. */
  readonly desktop?: () => HandlersOf<DesktopCallName>
}

/** The studio contract over a studio, whatever carries it. */
export interface StudioApi {
  readonly events: EventHub
  /** Folders that pictures are served from. */
  readonly mediaRoots: readonly string[]
  /** Never rejects. Without an asker it is the window on this machine that asks. */
  answer(request: unknown, asker?: Asker): Promise<StudioAnswer>
  onEvent(listener: (message: StudioMessage) => void): () => void
  fileOf(media: Media): Promise<MediaFile>
  /** How browsers get in. */
  readonly browserAccess: BrowserAccess
  /** Where they reach the studio, told by whoever starts the server. */
  readonly serving: Serving
  /** Begins to tell what happens, to watch folders, and to empty the bin of what is old. */
  start(): Promise<void>
  /** Ends every call at work. The studio itself is the caller's to close. */
  stop(): Promise<void>
}

export function createStudioApi(options: StudioApiOptions): StudioApi {
  const { studio, events = new EventHub(), programFolder, desktop } = options
  const tell = events.tell
  const notices = new Notices(tell)
  const tasks = new Tasks(tell)
  const cacheFolder = join(studio.dataFolder, 'cache')
  const media = new MediaFiles({ artifacts: studio.artifacts, preview: studio.viewer.preview, cacheFolder })
  const queue = new QueueWatch(studio.jobs, studio.manager)
  const tellQueue = async () => tell('queue.changed', await queue.state())
  const feed = new JobFeed({
    repository: studio.jobs,
    onChanges(changes) {
      tell('jobs.changed', changes)
      void tellQueue().catch(() => undefined)
    },
    onTrouble: (error) => notices.sayError(error)
  })
  const parts: ApiParts = { studio, tell, notices, media, nudge: () => feed.nudge() }
  const serverChanged = () => tell('server.changed', {})
  const browserAccess = new BrowserAccess(studio, serverChanged)
  const serving = new Serving(serverChanged)
  const engines = new EngineStates(studio)
  const tellEngines = async () => tell('engines.changed', { engines: await engines.ask() })
  const watched = new WatchedFolders(parts)
  const common: HandlersOf<CommonCallName> = {
    ...studioHandlers(parts, { desktop: desktop !== undefined, programFolder }),
    ...photoHandlers(parts),
    ...subjectHandlers(parts),
    ...jobHandlers(parts),
    ...queueHandlers(parts),
    ...engineHandlers(parts, engines),
    ...presetHandlers(parts),
    ...deliveryHandlers(parts),
    ...serverHandlers({ studio, browserAccess, serving }),
    ...watchHandlers(watched),
    ...storageHandlers(parts),
    ...modelHandlers(studio.models),
    ...promptHandlers(studio),
    async 'tasks.cancel'({ task }) {
      tasks.cancel(task)
      return {}
    }
  }
  const handlers: Partial<HandlersOf<StudioCallName>> = { ...common, ...desktop?.() }
  const closing = new AbortController()
  let ends: (() => void)[] = []

  async function tidy(): Promise<void> {
    await Promise.all([media.trim(MOST_CACHE_BYTES), studio.models.tidy()])
    const { binDays } = await studio.settings.get()
    await emptyBin(parts, new Date(Date.now() - binDays * DAY_MS), closing.signal)
  }

  return {
    events,
    browserAccess,
    serving,
    mediaRoots: [join(studio.dataFolder, 'artifacts'), cacheFolder],
    answer: (request, asker = OWN_WINDOW) => dispatch(request, { handlers, tasks, asker }),
    onEvent: (listener) => events.hear(listener),
    fileOf: (wanted) => media.fileOf(wanted),
    async start() {
      await feed.start()
      ends = [...relayJobs({ studio, queue, feed, notices, media, tell, tellQueue })]
      ends.push(engines.relay((states) => tell('engines.changed', { engines: states })))
      ends.push(relayModels(studio.models, tell, () => void tellEngines().catch(() => undefined)))
      await watched.start()
      await tellQueue()
      // Costs only space when it fails, and is tried again tomorrow.
      const tidyQuietly = () => void tidy().catch(() => undefined)
      const [soon, daily] = [setTimeout(tidyQuietly, TIDY_AFTER_MS), setInterval(tidyQuietly, DAY_MS)]
      ends.push(() => {
        clearTimeout(soon)
        clearInterval(daily)
      })
    },
    async stop() {
      closing.abort()
      for (const end of ends.splice(0)) end()
      tasks.cancelAll()
      await Promise.all([feed.stop(), watched.stop()])
    }
  }
}

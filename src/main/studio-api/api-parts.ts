import type { Studio } from '../studio.ts'
import type { TellEvent } from './event-hub.ts'
import type { MediaFiles } from './media/media-files.ts'
import type { Notices } from './notices.ts'

/** What every handler of the studio's calls is made from. */
export interface ApiParts {
  readonly studio: Studio
  readonly tell: TellEvent
  readonly notices: Notices
  readonly media: MediaFiles
  /** Something was stored that lists show: what changed is told at once instead of at the next look. */
  readonly nudge: () => void
}

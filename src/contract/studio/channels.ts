/** Names of the two IPC channels; there are no others. */
export const CALL_CHANNEL = 'studio:call'
export const EVENT_CHANNEL = 'studio:event'

export const MEDIA_SCHEME = 'studio-media'
export const MEDIA_BASE = `${MEDIA_SCHEME}://`

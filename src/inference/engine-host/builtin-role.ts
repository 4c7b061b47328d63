import { MEASUREMENTS_DESCRIPTION, RETOUCH_DESCRIPTION } from './built-in-descriptions.ts'
import type { EngineHandlers } from './engine-handlers.ts'

/** Measurements and the retouch engine: they share the decoded photos, the faces and the mattes. */
export const builtInHandlers: EngineHandlers = {
  describe: async ({ port }) => (port === 'examiner' ? MEASUREMENTS_DESCRIPTION : RETOUCH_DESCRIPTION)
}

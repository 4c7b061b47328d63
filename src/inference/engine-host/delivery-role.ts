import { exportPicture } from '../export/export-picture.ts'
import { thumbnail } from '../pixels/thumbnail.ts'
import type { EngineHandlers } from './engine-handlers.ts'

/** Files for clients: pixels only, no network and no model. */
export const deliveryHandlers: EngineHandlers = {
  export: exportPicture,
  preview: ({ path, longEdge, outputPath }, { signal }) => thumbnail(path, longEdge, outputPath, signal)
}

import { previewPicture } from '../backdrop/preview.ts'
import { exportPicture } from '../export/export-picture.ts'
import { putSideBySide } from '../pixels/side-by-side.ts'
import type { EngineHandlers } from './engine-handlers.ts'

/** Files for clients: pixels only, no network and no model. */
export const deliveryHandlers: EngineHandlers = {
  export: exportPicture,
  preview: previewPicture,
  sideBySide: putSideBySide
}

import type { DeliveryContext } from '../../domain/delivery/delivery-progress.ts'
import type { ExportRequest, ExportResult } from '../../domain/delivery/export-request.ts'
import { type DeliveryParts, exportPictures, previewNames } from './export-pictures.ts'

/**
 * What leaves the studio. Runs under plain Node: the desktop studio, the command line and HTTP share it. Every call
 * takes requests as the schemas of `src/domain/delivery` parse them.
 */
export class DeliveryService {
  readonly #parts: DeliveryParts

  constructor(parts: DeliveryParts) {
    this.#parts = parts
  }

  /** @throws StudioError `cancelled`, `disk-full`, `output-unwritable`: `details.written` lists what was written till then. */
  export(request: ExportRequest, context: DeliveryContext): Promise<ExportResult> {
    return exportPictures(request, this.#parts, context)
  }

  /** The paths, below the folder, that an export would begin with; nothing is written. Null for a picture that is not there. */
  previewNames(request: Pick<ExportRequest, 'items' | 'presets'>): Promise<(string | null)[]> {
    return previewNames(request, this.#parts)
  }
}

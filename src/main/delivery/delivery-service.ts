import type { ContactSheetOptions } from '../../domain/delivery/contact-sheet.ts'
import { type DeliveryItem, deliveredPicture } from '../../domain/delivery/delivery-item.ts'
import type { DeliveryContext } from '../../domain/delivery/delivery-progress.ts'
import type { CollisionRule } from '../../domain/delivery/export-preset.ts'
import type { ExportRequest, ExportResult } from '../../domain/delivery/export-request.ts'
import type { ProofingOptions } from '../../domain/delivery/proofing.ts'
import { StudioError } from '../../domain/errors.ts'
import type { Job } from '../../domain/job.ts'
import type { DeliveredFiles } from './delivery-folder.ts'
import { exportPictures, type NamesRequest, previewNames } from './export-pictures.ts'
import { type DeliveryParts, type FoundPicture, findPicture } from './find-picture.ts'
import { writeWholeFile } from './output-folder.ts'
import type { WrittenPdf } from './pdf/pdf-file.ts'
import { type AppliedPicks, applyPicks } from './proofing/read-picks.ts'
import { type WrittenBundle, writeBundle } from './proofing/write-bundle.ts'
import { SmallPictures } from './shown-pictures.ts'

export interface ContactSheetRequest {
  readonly items: readonly DeliveryItem[]
  readonly options: ContactSheetOptions
  /** Where the PDF is written. */
  readonly path: string
  /** Where the name is taken; it is replaced when left out. */
  readonly collision?: CollisionRule
}

export interface ReportRequest {
  readonly jobId: string
  readonly path: string
  readonly collision?: CollisionRule
  /** a4 when left out. */
  readonly paper?: ContactSheetOptions['paper']
}

export interface ProofingRequest {
  readonly items: readonly DeliveryItem[]
  readonly options: ProofingOptions
  /** The bundle is made in it. */
  readonly folder: string
}

/**
 * What leaves the studio. Runs under plain Node: the desktop studio, the command line and HTTP share it. Every call
 * takes requests as the schemas of `src/domain/delivery` parse them. What writes PDF and pages is loaded when it is first
 * used: the libraries it takes would more than double the time of every start.
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

  /** The paths, below the folder, that an export would write; nothing is written. Null for a picture that is not there. */
  previewNames(request: NamesRequest): Promise<(string | null)[]> {
    return previewNames(request, this.#parts)
  }

  /** One PDF, of the paper's size, whose pictures are small. @throws StudioError as `export`, and `job-missing`, `job-state`. */
  async contactSheet(request: ContactSheetRequest, context: DeliveryContext): Promise<WrittenPdf> {
    const pictures = await this.#pictures(request.items, request.options.attempts)
    const sheet = { collision: 'replace', ...request, pictures } as const
    const { writeContactSheet } = await import('./pdf/contact-sheet.ts')
    return await SmallPictures.use(this.#parts, (small) => writeContactSheet(sheet, small, context))
  }

  /** The report of one job as a PDF. @throws StudioError as `export`, and `job-missing`. */
  async reportPdf(request: ReportRequest, context: DeliveryContext): Promise<WrittenPdf> {
    const report = { collision: 'replace', paper: 'a4', ...request, job: await this.#job(request.jobId) } as const
    const { writeReportPdf } = await import('./pdf/report.ts')
    return await SmallPictures.use(this.#parts, (small) => writeReportPdf(report, small, context))
  }

  /** The same as a page that stands alone. */
  async reportPage({ jobId, path, collision = 'replace' }: ReportRequest, context: DeliveryContext) {
    const { reportPageOf } = await import('./deliver-job.ts')
    const page = await reportPageOf(await this.#job(jobId), this.#parts, context)
    return { path: await writeWholeFile(path, page, collision), bytes: Buffer.byteLength(page) }
  }

  /** Everything of a job in a new folder below `parent`: pictures as they are stored, report as a page and as data. */
  async folder(job: Job, parent: string, context: DeliveryContext): Promise<DeliveredFiles> {
    const { deliverJob } = await import('./deliver-job.ts')
    return await deliverJob(job, parent, this.#parts, context)
  }

  /** A folder or a page for a client to choose from. @throws StudioError as `export`, and of a picture that is not there. */
  async writeProofing(request: ProofingRequest, context: DeliveryContext): Promise<WrittenBundle> {
    const pictures = await this.#pictures(request.items, request.options.attempts)
    return await writeBundle({ ...request, pictures }, this.#parts, context)
  }

  /** Rates what a client picked. @throws StudioError `picks-unreadable`, `file-missing`, `file-unreadable`. */
  readProofing(path: string): Promise<AppliedPicks> {
    return applyPicks(path, this.#parts)
  }

  async #job(id: string): Promise<Job> {
    const job = await this.#parts.jobs.get(id)
    if (job) return job
    throw new StudioError('job-missing', `There is no job "${id}".`)
  }

  /** Each picture once, every attempt behind what its job delivered where they are wanted. */
  async #pictures(items: readonly DeliveryItem[], attempts: boolean): Promise<FoundPicture[]> {
    const found = new Map<string, FoundPicture>()
    for (const item of items) {
      const picture = await findPicture(this.#parts, item)
      const { job } = picture
      const others = attempts ? job.attempts.flatMap(({ number }) => deliveredPicture(job, number) ?? []) : []
      for (const each of [picture, ...others.map((other) => ({ ...other, subject: picture.subject }))])
        found.set(`${job._id} ${each.kind} ${each.attempt}`, each)
    }
    return [...found.values()]
  }
}

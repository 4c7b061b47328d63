import type { CallOptions } from '../../contract/studio/client.ts'
import type { PhotoSource } from '../../contract/studio/photo-calls.ts'

/** The files of the machine that the page is shown on, and how the studio gets them. */
export interface OwnFiles {
  /** What was dropped or pasted; to be called before anything is awaited in the event. */
  of(data: DataTransfer): Promise<readonly File[]>
  /** What calls name a file by, once the studio can read it; null for one without content. @throws StudioError. */
  sourceOf(file: File, options?: CallOptions): Promise<PhotoSource | null>
}

/** On the studio's own machine: a file is named by its path, or handed over whole where it has none. */
export function windowFiles(pathOf: (file: File) => string | null): OwnFiles {
  return {
    of: async (data) => [...data.files],
    async sourceOf(file) {
      const path = pathOf(file)
      if (path !== null) return { kind: 'path', path }
      const bytes = new Uint8Array(await file.arrayBuffer())
      return bytes.length === 0 ? null : { kind: 'bytes', name: file.name || 'pasted', bytes }
    }
  }
}

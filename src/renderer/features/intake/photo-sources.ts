import type { CallOptions } from '../../../contract/studio/client.ts'
import type { PhotoSource } from '../../../contract/studio/photo-calls.ts'
import type { OwnFiles } from '../../state/own-files.ts'

export interface Gathered {
  readonly files: Promise<readonly File[]>
  /** Names of what has neither a path nor content, such as a link. */
  readonly unusable: readonly string[]
}

/** What was dropped or pasted. It is emptied as soon as the event is over, so it is read at once. */
export function gather(data: DataTransfer, files: OwnFiles): Gathered {
  const isLink = data.files.length === 0 && data.types.includes('text/uri-list')
  const links = isLink ? data.getData('text/uri-list') : ''
  return {
    files: files.of(data),
    unusable: links.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  }
}

/** As the studio takes them; the progress counts files where there are several. */
export async function sourcesOf(
  files: readonly File[],
  own: OwnFiles,
  { signal, onProgress }: CallOptions = {}
): Promise<readonly PhotoSource[]> {
  const sources: PhotoSource[] = []
  for (const [index, file] of files.entries()) {
    const source = await own.sourceOf(file, {
      ...(signal && { signal }),
      onProgress: ({ activity, done, total }) =>
        onProgress?.({ activity, done: index + done / total, total: files.length })
    })
    if (source) sources.push(source)
  }
  return sources
}

/** Whether a drag carries something that could be a photo. */
export function carriesPhotos(data: DataTransfer | null): boolean {
  return data !== null && (data.types.includes('Files') || data.types.includes('text/uri-list'))
}

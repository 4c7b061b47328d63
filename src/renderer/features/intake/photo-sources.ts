import type { PhotoSource } from '../../../contract/studio/photo-calls.ts'

export interface Gathered {
  readonly sources: readonly PhotoSource[]
  /** Names of what has neither a path nor content, such as a link. */
  readonly unusable: readonly string[]
}

type PathOf = (file: File) => string | null

/** What was dropped or pasted, as the studio takes it: by its path where it has one, else by its bytes. */
export async function gatherSources(data: DataTransfer, pathOf: PathOf): Promise<Gathered> {
  // The list is emptied as soon as the event is over: it is read before anything is awaited.
  const files = [...data.files]
  const links = files.length === 0 && data.types.includes('text/uri-list') ? data.getData('text/uri-list') : ''
  const sources = await Promise.all(files.map((file) => sourceOf(file, pathOf)))
  return {
    sources: sources.filter((source) => source !== null),
    unusable: links.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  }
}

async function sourceOf(file: File, pathOf: PathOf): Promise<PhotoSource | null> {
  const path = pathOf(file)
  if (path !== null) return { kind: 'path', path }
  const bytes = new Uint8Array(await file.arrayBuffer())
  return bytes.length === 0 ? null : { kind: 'bytes', name: file.name || 'pasted', bytes }
}

/** Whether a drag carries something that could be a photo. */
export function carriesPhotos(data: DataTransfer | null): boolean {
  return data !== null && (data.types.includes('Files') || data.types.includes('text/uri-list'))
}

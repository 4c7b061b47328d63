import { createContext, use, useEffect } from 'react'
import { useStore } from 'zustand'
import type { StudioClient } from '../../contract/studio/client.ts'
import type { Media, ThumbnailEdge } from '../../contract/studio/media.ts'
import type { ArtifactId } from '../../domain/job.ts'
import type { Settings } from '../../domain/settings.ts'
import type { Detail } from './details-store.ts'
import type { Mirror } from './mirror.ts'
import type { OwnFiles } from './own-files.ts'

export const MirrorContext = createContext<Mirror | null>(null)

export function useMirror(): Mirror {
  const mirror = use(MirrorContext)
  if (!mirror) throw new Error('A screen stands outside the studio.')
  return mirror
}

export function useClient(): StudioClient {
  return useMirror().client
}

export function useOwnFiles(): OwnFiles {
  return useMirror().files
}

/** Whether the window stands on the studio's own machine; a browser lacks what needs that. */
export function useOnDesktop(): boolean {
  return useWork(({ studio }) => studio?.desktop ?? true)
}

export function useSettings<T>(read: (settings: Settings) => T): T {
  return useStore(useMirror().settings.store, ({ settings }) => read(settings))
}

type WorkState = ReturnType<Mirror['work']['store']['getState']>
export function useWork<T>(read: (work: WorkState) => T): T {
  return useStore(useMirror().work.store, read)
}

type LibraryState = ReturnType<Mirror['library']['store']['getState']>
export function useLibrary<T>(read: (library: LibraryState) => T): T {
  return useStore(useMirror().library.store, read)
}

type JobsState = ReturnType<Mirror['gallery']['store']['getState']>
export function useGallery<T>(read: (gallery: JobsState) => T): T {
  return useStore(useMirror().gallery.store, read)
}

export function useQueue<T>(read: (queue: JobsState) => T): T {
  return useStore(useMirror().queue.store, read)
}

/** A whole job, read and kept up to date as long as the component is there. */
export function useJob(jobId: string | null): Detail | null {
  const { details } = useMirror()
  useEffect(() => (jobId === null ? undefined : details.watch(jobId)), [details, jobId])
  return useStore(details.store, (state) => (jobId === null ? null : (state.details.get(jobId) ?? null)))
}

/** Addresses of pictures. */
export function usePictures(): {
  readonly thumbnail: (artifact: ArtifactId, edge: ThumbnailEdge) => string
  readonly address: (media: Media) => string
} {
  const client = useClient()
  return {
    thumbnail: (id, edge) => client.address({ kind: 'thumbnail', id, edge }),
    address: (media) => client.address(media)
  }
}

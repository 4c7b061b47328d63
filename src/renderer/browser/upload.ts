import { z } from 'zod'
import type { TaskProgress } from '../../contract/studio/client.ts'
import { refusalOf, unreachable } from '../../contract/studio/http-transport.ts'
import { StudioError } from '../../domain/errors.ts'
import { machinePathSchema } from '../../domain/machine-path.ts'
import { say } from '../../domain/sentences/say.ts'

const uploadedSchema = z.object({ path: machinePathSchema })

export interface UploadOptions {
  readonly signal?: AbortSignal | undefined
  /** Bytes sent so far. */
  readonly onSent?: (bytes: number) => void
  /** A folder among what this browser has sent; without it each file gets one of its own. */
  readonly into?: string | null
}

/**
 * Sends a file to the studio's machine as it is; resolves to what calls name it by. By `XMLHttpRequest`, because `fetch`
 * does not tell how far an upload is. @throws StudioError
 */
export function upload(base: string, file: File, { signal, onSent, into = null }: UploadOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const cancelled = () => reject(new StudioError('cancelled', say('error-cancelled'), { cause: signal?.reason }))
    if (signal?.aborted) {
      cancelled()
      return
    }
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    signal?.addEventListener('abort', abort, { once: true })
    request.upload.addEventListener('progress', ({ loaded }) => onSent?.(loaded))
    request.addEventListener('abort', cancelled)
    request.addEventListener('error', () => reject(unreachable(null)))
    request.addEventListener('load', () => {
      const sent = request.status === 201 ? uploadedSchema.safeParse(JSON.parse(request.responseText)) : null
      if (sent?.success) resolve(sent.data.path)
      else reject(refusalOf(request.status, request.responseText))
    })
    request.addEventListener('loadend', () => signal?.removeEventListener('abort', abort))
    const query = new URLSearchParams({ name: file.name || 'pasted', ...(into !== null && { into }) })
    request.open('PUT', `${base}studio/files?${query}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(file)
  })
}

interface UploadAllOptions {
  readonly signal?: AbortSignal | undefined
  readonly into?: string | null
  readonly onProgress: (progress: TaskProgress) => void
}

/** Several files, one after the other; the progress counts files. */
export async function uploadAll(
  base: string,
  files: readonly File[],
  { signal, onProgress, into = null }: UploadAllOptions
): Promise<string[]> {
  const paths: string[] = []
  for (const [index, file] of files.entries()) {
    const told = (done: number) => onProgress({ activity: file.name, done: index + done, total: files.length })
    told(0)
    const onSent = (bytes: number) => told(Math.min(1, bytes / Math.max(1, file.size)))
    paths.push(await upload(base, file, { signal, into, onSent }))
  }
  return paths
}

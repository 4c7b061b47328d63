import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createExporter } from '../exporter.ts'
import { forkNodeChild } from '../node-fork.ts'
import type { RemoteVlmLimits } from './limits.ts'
import { RemoteChatModel } from './remote-chat-model.ts'

const inRepository = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url))

/** Wide and square: a model of a test tells them apart by their shape. */
const LARGE_PHOTOS = {
  wide: inRepository('node_modules/@vladmandic/face-api/demo/sample1.jpg'),
  square: inRepository('resources/sample/eileen-collins.jpg')
}
export const LARGE_PHOTO = LARGE_PHOTOS.wide

/** Small copies of them, which cost the tests little. */
export async function smallPhotos(reducer: ReturnType<typeof openReducer>) {
  const folder = await mkdtemp(join(tmpdir(), 'apex-remote-vlm-'))
  const small = async (kind: 'wide' | 'square') => {
    const outputPath = join(folder, `${kind}.jpg`)
    const context = { signal: new AbortController().signal, onProgress: () => {} }
    await reducer.preview({ path: LARGE_PHOTOS[kind], longEdge: 256, outputPath }, context)
    return outputPath
  }
  return {
    wide: await small('wide'),
    square: await small('square'),
    remove: () => rm(folder, { recursive: true, force: true })
  }
}

/** The real process that makes pictures small. */
export function openReducer() {
  return createExporter({
    engineEntry: fileURLToPath(new URL('../../../inference/process.ts', import.meta.url)),
    execArgv: ['--import', 'tsx'],
    fork: forkNodeChild
  })
}

export interface OpenRemoteModel {
  readonly url: string
  readonly apiKey?: string
  readonly model?: string
  readonly isNamed?: boolean
  readonly reducer: ReturnType<typeof openReducer>
  readonly limits?: Partial<RemoteVlmLimits>
}

/** A model on a server of the test, whose faults cost it no long waits. */
export function openRemoteModel({
  url,
  apiKey,
  model,
  isNamed = true,
  reducer,
  limits
}: OpenRemoteModel): RemoteChatModel {
  return new RemoteChatModel({
    server: { variable: 'VLLM_SERVER_URL', url, apiKey },
    model: { name: model ?? 'test/model', isNamed },
    reducer,
    log: { info: () => {}, warn: () => {} },
    limits: { retryMs: { first: 1, longest: 5 }, ...limits }
  })
}

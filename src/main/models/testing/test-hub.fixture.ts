import { createHash } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What came in; `on`: the hub itself, or the host that it sends large files from. */
export interface HubRequest {
  readonly on: 'hub' | 'store'
  readonly path: string
  readonly range: string | null
  readonly authorization: string | null
  /** Counted over both hosts, from 1. */
  readonly number: number
}

/** What the hub does otherwise with a request; undefined or null: nothing. */
export interface Mischief {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Breaks the connection after so many bytes of the body. */
  readonly cutAfter?: number
  /** Sends so many bytes of the body, then nothing for ever. */
  readonly stallAfter?: number
  readonly ignoreRange?: boolean
  /** Sent in place of the file. */
  readonly body?: Buffer
  /** In pieces of 16 KiB, each this much after the one before, ms. */
  readonly paceMs?: number
}

export interface TestHub {
  readonly url: string
  readonly storeUrl: string
  readonly requests: readonly HubRequest[]
  /** Bytes of files that were handed to the network. */
  readonly served: number
  files: Readonly<Record<string, Buffer>>
  commit: string
  misbehave: (request: HubRequest) => Mischief | null
  /** Resolves once so many more bytes of files are served; none is served after them until `resume`. */
  pauseAfter(bytes: number): Promise<void>
  resume(): void
  close(): Promise<void>
}

/** Files from this length on lie in the store, as large files of a real hub do. */
const LARGE = 1024
const PIECE = 16 * 1024
/** A listing comes in pages of so many files. */
const PAGE = 3

export const REPOSITORY = 'photo-lab/tiny-model'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const gitBlob = (bytes: Buffer) => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')

/** A hub of this machine: lists one repository, redirects to a second host for large files, takes ranges. */
export async function openTestHub(files: Readonly<Record<string, Buffer>>): Promise<TestHub> {
  const requests: HubRequest[] = []
  let served = 0
  let allowed = Number.POSITIVE_INFINITY
  const gate = new EventEmitter<{ paused: []; resumed: [] }>().setMaxListeners(0)
  const [hubServer, storeServer] = [createServer(), createServer()]
  const [url, storeUrl] = await Promise.all([listen(hubServer), listen(storeServer)])
  const hub: TestHub = {
    url,
    storeUrl,
    requests,
    get served() {
      return served
    },
    files,
    commit: 'c'.repeat(40),
    misbehave: () => null,
    async pauseAfter(bytes) {
      allowed = bytes
      await once(gate, 'paused')
    },
    resume() {
      allowed = Number.POSITIVE_INFINITY
      gate.emit('resumed')
    },
    async close() {
      for (const server of [hubServer, storeServer]) {
        server.closeAllConnections()
        server.close()
        await once(server, 'close')
      }
    }
  }

  const take = (on: HubRequest['on'], { url: path = '/', headers }: IncomingMessage): HubRequest => {
    const { range = null, authorization = null } = headers
    const request = { on, path: decodeURIComponent(path), range, authorization, number: requests.length + 1 }
    requests.push(request)
    return request
  }
  const sendFile = async (response: ServerResponse, file: Buffer, range: string | null, mischief: Mischief) => {
    const bytes = mischief.body ?? file
    const asked = mischief.ignoreRange ? null : /^bytes=(\d+)-(\d+)$/.exec(range ?? '')
    const [start, end] = asked ? [Number(asked[1]), Math.min(Number(asked[2]) + 1, bytes.length)] : [0, bytes.length]
    if (asked && start >= bytes.length) return void response.writeHead(416).end()
    const part = asked ? { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` } : {}
    response.writeHead(asked ? 206 : 200, { 'content-length': end - start, ...part })
    const most = Math.min(end, start + (mischief.cutAfter ?? mischief.stallAfter ?? bytes.length))
    for (let at = start; at < most && !response.destroyed; ) {
      while (allowed === 0) await once(gate, 'resumed')
      const piece = bytes.subarray(at, Math.min(most, at + Math.min(PIECE, allowed)))
      at += piece.length
      allowed -= piece.length
      // What the reader has not taken yet is not served.
      await new Promise<void>((resolve) => response.write(piece, () => resolve()))
      served += piece.length
      if (allowed === 0) gate.emit('paused')
      if (mischief.paceMs) await new Promise((resolve) => setTimeout(resolve, mischief.paceMs))
    }
    if (mischief.cutAfter !== undefined) response.destroy()
    else if (mischief.stallAfter === undefined) response.end()
  }
  const answer = (on: HubRequest['on']) => async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = take(on, incoming)
    const mischief = hub.misbehave(request) ?? {}
    if (mischief.status !== undefined) {
      response.writeHead(mischief.status, mischief.headers).end(mischief.body)
      return
    }
    if (request.path.startsWith('/api/')) {
      answerApi(hub, request, response)
      return
    }
    const found = /^\/(?:.+\/resolve\/[\da-f]+|signed)\/(.+?)(?:\?.*)?$/.exec(request.path)
    const file = hub.files[found?.[1] ?? '']
    if (!file) return void response.writeHead(404, { 'x-error-code': 'EntryNotFound' }).end()
    if (on === 'hub' && file.length >= LARGE) {
      response.writeHead(302, { location: `${storeUrl}/signed/${found?.[1]}?signature=${request.number}` }).end()
      return
    }
    await sendFile(response, file, request.range, mischief)
  }
  hubServer.on('request', (incoming, response) => void answer('hub')(incoming, response))
  storeServer.on('request', (incoming, response) => void answer('store')(incoming, response))
  return hub
}

function answerApi(hub: TestHub, { path }: HubRequest, response: ServerResponse): void {
  const json = (body: unknown, headers = {}) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
  const about = `/api/models/${REPOSITORY}`
  if (path.startsWith(`${about}/revision/`)) {
    json({ id: REPOSITORY, sha: hub.commit, siblings: [] })
    return
  }
  if (!path.startsWith(`${about}/tree/${hub.commit}`)) {
    response.writeHead(404, { 'x-error-code': 'RepoNotFound' }).end()
    return
  }
  const from = Number(new URL(path, hub.url).searchParams.get('cursor') ?? 0)
  const entries = Object.entries(hub.files).map(([name, bytes]) => ({
    type: 'file',
    path: name,
    oid: gitBlob(bytes),
    size: bytes.length,
    ...(bytes.length >= LARGE && { lfs: { oid: sha256(bytes), size: bytes.length, pointerSize: 130 } })
  }))
  const more = from + PAGE < entries.length
  const next = `<${hub.url}${about}/tree/${hub.commit}?recursive=true&cursor=${from + PAGE}>; rel="next"`
  json([{ type: 'directory', path: 'onnx', oid: 'd'.repeat(40), size: 0 }, ...entries.slice(from, from + PAGE)], {
    ...(more && { link: next })
  })
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

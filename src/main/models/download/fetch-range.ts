import { StudioError } from '../../../domain/errors.ts'
import type { ByteRange } from '../../../domain/models/byte-ranges.ts'
import { connectionError, isPassing } from '../hub/hub-errors.ts'
import { refusalOf } from '../hub/hub-listing.ts'
import { askHub, type HubAccess, type HubAnswer } from '../hub/hub-request.ts'
import { Retries, type RetryPolicy, retryAfterMs } from '../hub/retry.ts'
import type { PartialFile } from './partial-file.ts'

export interface FetchRange {
  readonly access: HubAccess
  readonly policy: RetryPolicy
  /** `owner/name` and the commit. */
  readonly repository: string
  readonly commit: string
  readonly partial: PartialFile
  readonly range: ByteRange
  readonly signal: AbortSignal
  readonly onBytes: (bytes: number) => void
}

/**
 * Fetches a piece of a file, going on after every cut where it had come to.
 * `unranged`: the server sends only whole files, and nothing was written; the file must be claimed whole.
 * `misfit`: the server's file has another length.
 * @throws StudioError as `refusalError` and `connectionError` have it; `disk-full` and other errors of the drive.
 */
export async function fetchRange(work: FetchRange): Promise<'done' | 'unranged' | 'misfit'> {
  const { access, policy, partial, range, signal } = work
  const retries = new Retries(policy)
  const address = addressOf(work)
  let [at] = range
  const [, end] = range
  if (at === end) return 'done'
  for (;;) {
    let failure: StudioError
    let askedMs: number | null = null
    try {
      const answer = await askHub(access, address, rangeHeader(partial, at, end), signal)
      const kind = kindOf(answer, partial, [at, end])
      if (kind === 'part' || kind === 'whole') {
        // A server that knows no ranges begins at the first byte each time.
        const before = kind === 'whole' ? 0 : at
        // What comes of a whole file is lost with the next cut: it is no step forward.
        const onStep = () => kind === 'part' && retries.succeeded()
        const came = await receive(work, answer, before, end, onStep)
        at = came.at
        if (at === end) return 'done'
        failure = came.failure ?? cut(answer)
      } else {
        await answer.body.dump().catch(() => undefined)
        if (kind !== 'refused') return kind
        failure = refusalOf(access, answer, `file "${partial.file.path}"`)
        const isExpired = answer.statusCode === 403 && answer.url.origin !== new URL(access.endpoint).origin
        // An address that the hub signed for a while: it signs a new one.
        if (!isPassing(answer.statusCode) && !isExpired) throw failure
        askedMs = retryAfterMs(answer.headers['retry-after'], Date.now())
      }
    } catch (thrown) {
      signal.throwIfAborted()
      if (!(thrown instanceof StudioError) || thrown.code !== 'hub-unreachable') throw thrown
      failure = thrown
    }
    await retries.failed(failure, askedMs, signal)
  }
}

function addressOf({ repository, commit, partial }: FetchRange): string {
  return `/${repository}/resolve/${commit}/${partial.file.path.split('/').map(encodeURIComponent).join('/')}`
}

/** A whole file is asked for as such, so that servers without ranges give it too. */
function rangeHeader({ file, ranged }: PartialFile, at: number, end: number): Record<string, string> {
  return ranged && !(at === 0 && end === file.bytes) ? { range: `bytes=${at}-${end - 1}` } : {}
}

function kindOf(
  { statusCode, headers }: HubAnswer,
  { file, ranged }: PartialFile,
  [at, end]: ByteRange
): 'part' | 'whole' | 'unranged' | 'misfit' | 'refused' {
  if (statusCode === 416) return 'misfit'
  if (statusCode === 200) {
    const length = headers['content-length']
    if (typeof length === 'string' && Number(length) !== file.bytes) return 'misfit'
    return !ranged || (at === 0 && end === file.bytes) ? 'whole' : 'unranged'
  }
  if (statusCode !== 206) return 'refused'
  // RFC 9110, section 14.4.
  const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(String(headers['content-range'] ?? ''))
  const [, first, last, whole] = range ?? []
  const fits = Number(first) === at && Number(last) < end && (whole === '*' || Number(whole) === file.bytes)
  return fits ? 'part' : 'misfit'
}

interface Received {
  readonly at: number
  readonly failure: StudioError | null
}

async function receive(
  { partial, signal, onBytes }: FetchRange,
  answer: HubAnswer,
  from: number,
  end: number,
  onStep: () => void
): Promise<Received> {
  let at = from
  const body = answer.body[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await body.next().catch((thrown: unknown) => {
        signal.throwIfAborted()
        throw connectionError(answer.url.host, thrown)
      })
      if (next.done) return { at, failure: null }
      const bytes: Uint8Array = next.value
      const wanted = bytes.subarray(0, end - at)
      await partial.write(wanted, at)
      at += wanted.length
      onBytes(wanted.length)
      onStep()
      // More than was asked for.
      if (wanted.length < bytes.length || at === end) return { at, failure: null }
      signal.throwIfAborted()
    }
  } catch (thrown) {
    if (thrown instanceof StudioError && thrown.code === 'hub-unreachable') return { at, failure: thrown }
    throw thrown
  } finally {
    answer.body.destroy()
  }
}

function cut(answer: HubAnswer): StudioError {
  return new StudioError('hub-unreachable', `${answer.url.host} broke off in the middle of a file.`)
}

import { z } from 'zod'
import { type ErrorCode, StudioError } from '../../../domain/errors.ts'
import type { CatalogueModel } from '../../../domain/models/catalogue-model.ts'
import { type ModelFile, modelPathSchema } from '../../../domain/models/model-file.ts'
import { chooseFiles } from '../file-patterns.ts'
import { isPassing, refusalError } from './hub-errors.ts'
import { askHub, type HubAccess, type HubAnswer } from './hub-request.ts'
import { Retries, type RetryPolicy, retryAfterMs } from './retry.ts'

export interface HubListing {
  readonly commit: string
  readonly files: readonly ModelFile[]
}

const MOST_PAGES = 50
const MOST_ANSWER_BYTES = 16 * 1024 ** 2

/** https://huggingface.co/docs/hub/api#get-apimodelsrepoid-or-apimodelsrepoidrevisionrevision */
const revisionSchema = z.object({ sha: z.string().regex(/^[\da-f]{40}$/) })

/** Of `tree`: `oid` is the SHA-1 of Git's blob, which for a large file is that of its pointer; `lfs.oid` is the SHA-256 of its content. */
const entrySchema = z.object({
  type: z.string(),
  path: z.string(),
  oid: z.string().regex(/^[\da-f]{40}$/),
  size: z.int().nonnegative(),
  lfs: z.object({ oid: z.string().regex(/^[\da-f]{64}$/), size: z.int().nonnegative() }).optional()
})

/**
 * The files of a model as the hub has them now, with their digests, all of one commit.
 * @throws StudioError `model-gated`, `model-withdrawn`, `hub-unreachable`, `hub-busy`, `hub-refused`, `hub-answer-invalid`.
 */
export async function listModel(
  access: HubAccess,
  model: CatalogueModel,
  policy: RetryPolicy,
  signal: AbortSignal
): Promise<HubListing> {
  const ask = async <S extends z.ZodType>(address: string, schema: S) =>
    await askJson(access, address, schema, `model "${model.repository}"`, policy, signal)
  const about = `/api/models/${model.repository}`
  const { data } = await ask(`${about}/revision/${encodeURIComponent(model.revision)}`, revisionSchema)
  const entries: z.infer<typeof entrySchema>[] = []
  let next: string | null = `${about}/tree/${data.sha}?recursive=true`
  for (let page = 0; next !== null; page += 1) {
    if (page === MOST_PAGES) throw invalid(access, 'lists files without end')
    const listed: { data: z.infer<typeof entrySchema>[]; next: string | null } = await ask(next, z.array(entrySchema))
    entries.push(...listed.data)
    next = listed.next
  }
  const files = entries.filter(({ type }) => type === 'file').flatMap((entry) => fileOf(entry) ?? [])
  return { commit: data.sha, files: chooseFiles(model, files) }
}

function fileOf({ path, oid, size, lfs }: z.infer<typeof entrySchema>): ModelFile | null {
  if (!modelPathSchema.safeParse(path).success) return null
  if (lfs) return { path, bytes: lfs.size, digest: { algorithm: 'sha256', hex: lfs.oid } }
  return { path, bytes: size, digest: { algorithm: 'git-blob-sha1', hex: oid } }
}

async function askJson<S extends z.ZodType>(
  access: HubAccess,
  address: string,
  schema: S,
  subject: string,
  policy: RetryPolicy,
  signal: AbortSignal
): Promise<{ data: z.output<S>; next: string | null }> {
  const retries = new Retries(policy)
  for (;;) {
    try {
      const answer = await askHub(access, address, { accept: 'application/json' }, signal)
      if (answer.statusCode === 200) {
        const text = await readText(access, answer)
        return { data: parsed(access, text, schema), next: nextPage(answer.headers.link) }
      }
      const failure = refusalOf(access, answer, subject)
      await answer.body.dump().catch(() => undefined)
      if (!isPassing(answer.statusCode)) throw failure
      await retries.failed(failure, retryAfterMs(answer.headers['retry-after'], Date.now()), signal)
    } catch (thrown) {
      signal.throwIfAborted()
      if (!(thrown instanceof StudioError) || thrown.code !== CUT) throw thrown
      await retries.failed(thrown, null, signal)
    }
  }
}

const CUT: ErrorCode = 'hub-unreachable'

export function refusalOf(access: HubAccess, answer: HubAnswer, subject: string): StudioError {
  const errorCode = answer.headers['x-error-code']
  return refusalError({
    status: answer.statusCode,
    host: answer.url.host,
    errorCode: typeof errorCode === 'string' ? errorCode : null,
    subject,
    hasToken: access.token !== undefined
  })
}

async function readText(access: HubAccess, answer: HubAnswer): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of answer.body) {
      const buffer = Buffer.from(chunk)
      bytes += buffer.length
      if (bytes > MOST_ANSWER_BYTES) break
      chunks.push(buffer)
    }
  } catch (cause) {
    throw new StudioError(CUT, `${answer.url.host} broke off in the middle of its answer.`, { cause })
  }
  if (bytes > MOST_ANSWER_BYTES) throw invalid(access, 'answers at a length that no list of files has')
  return Buffer.concat(chunks).toString('utf8')
}

function parsed<S extends z.ZodType>(access: HubAccess, text: string, schema: S): z.output<S> {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw invalid(access, 'answers in a way that no hub does', cause)
  }
}

function invalid(access: HubAccess, how: string, cause?: unknown): StudioError {
  return new StudioError('hub-answer-invalid', `${new URL(access.endpoint).host} ${how}.`, { cause })
}

/** RFC 8288: `<address>; rel="next"`. */
function nextPage(link: string | string[] | undefined): string | null {
  const found = /<([^>]+)>\s*;\s*rel="?next"?/.exec([link ?? ''].flat().join(','))
  return found?.[1] ?? null
}

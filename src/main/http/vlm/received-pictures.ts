import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChatRequest } from '../../../domain/chat-model.ts'
import { StudioError } from '../../../domain/errors.ts'
import type { ServedMessage } from './chat-wire.ts'

/** Pictures of one request: each is a thousand tokens and more. */
const MOST_PICTURES = 16

/** RFC 2397, with base64; what is in it is found out by the engine, which does not believe the name. */
const DATA_URI = /^data:image\/[\w.+-]+;base64,([A-Za-z0-9+/\s]+={0,2})$/

export interface ReceivedMessages {
  readonly messages: ChatRequest['messages']
  /** Takes the files away. */
  remove(): Promise<void>
}

/**
 * The conversation with its pictures as files, in a folder of their own.
 * @throws StudioError `request-invalid` for an address, which would have the server fetch what others cannot reach.
 */
export async function receiveMessages(sent: readonly ServedMessage[]): Promise<ReceivedMessages> {
  const turns = sent.map((message) => ({ message, pictures: picturesIn(message) }))
  const count = turns.reduce((sum, { pictures }) => sum + pictures.length, 0)
  if (count > MOST_PICTURES) {
    throw new StudioError('request-invalid', `The request has ${count} pictures; ${MOST_PICTURES} are taken at most.`)
  }
  const folder = await mkdtemp(join(tmpdir(), 'apex-chat-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    let number = 0
    const messages = await Promise.all(
      turns.map(async ({ message, pictures }) => ({
        role: message.role === 'developer' ? ('system' as const) : message.role,
        text: textOf(message),
        pictures: await Promise.all(
          pictures.map(async (bytes) => {
            number += 1
            const path = join(folder, String(number))
            await writeFile(path, bytes)
            return path
          })
        )
      }))
    )
    return { messages, remove }
  } catch (thrown) {
    await remove()
    throw thrown
  }
}

function textOf({ content }: ServedMessage): string {
  if (typeof content === 'string') return content
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
}

function picturesIn({ content }: ServedMessage): Buffer[] {
  if (typeof content === 'string') return []
  return content.flatMap((part) => (part.type === 'image_url' ? [bytesOf(part.image_url.url)] : []))
}

function bytesOf(uri: string): Buffer {
  const [, base64] = DATA_URI.exec(uri) ?? []
  if (base64 !== undefined) return Buffer.from(base64, 'base64')
  throw new StudioError('request-invalid', 'A picture is no data URI.', {
    hint: 'Send it as data:image/jpeg;base64,…. This server fetches nothing from other addresses.'
  })
}

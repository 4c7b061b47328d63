import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyRequest } from 'fastify'
import { type BrowserAccess, SESSION_MS } from '../../browser-access/browser-access.ts'
import type { Recognize } from '../guard/access.ts'

const NAME = 'apex_studio'

/** No script reads it, and no page of another site makes a browser send it. Over TLS it goes nowhere else. */
export function sessionCookie(token: string, { headers }: FastifyRequest): string {
  const secure = headers.origin?.startsWith('https:') ?? false
  return stringifySetCookie(NAME, token, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    maxAge: SESSION_MS / 1000,
    secure
  })
}

/** Recognises browsers that were let in by a link. */
export function recognizeBrowsers(access: BrowserAccess): Recognize {
  return async ({ headers }) => {
    const token = headers.cookie === undefined ? undefined : parseCookie(headers.cookie)[NAME]
    const session = token === undefined ? null : await access.sessionOf(token)
    return session && { id: `browser:${session._id.slice(0, 16)}`, scopes: ['read', 'write'] }
  }
}

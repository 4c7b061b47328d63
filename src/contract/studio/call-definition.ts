import type { z } from 'zod'

/**
 * One thing that can be asked of the studio. A query changes nothing; a command does. What is `desktop` needs the
 * machine the window stands on: over HTTP it answers `desktop-only`.
 */
export interface CallDefinition<P extends z.ZodType, R extends z.ZodType> {
  readonly kind: 'query' | 'command'
  readonly where: 'anywhere' | 'desktop'
  readonly params: P
  readonly result: R
}

export function query<P extends z.ZodType, R extends z.ZodType>(params: P, result: R): CallDefinition<P, R> {
  return { kind: 'query', where: 'anywhere', params, result }
}

export function command<P extends z.ZodType, R extends z.ZodType>(params: P, result: R): CallDefinition<P, R> {
  return { kind: 'command', where: 'anywhere', params, result }
}

export function desktopOnly<P extends z.ZodType, R extends z.ZodType>(params: P, result: R): CallDefinition<P, R> {
  return { kind: 'command', where: 'desktop', params, result }
}

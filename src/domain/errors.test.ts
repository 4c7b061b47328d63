import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  deserializeError,
  errorCodeSchema,
  StudioError,
  serializedErrorSchema,
  serializeError,
  toStudioError
} from './errors.ts'

describe('StudioError', () => {
  it('has advice for every code', () => {
    for (const code of errorCodeSchema.options) expect(new StudioError(code, 'x').hint).not.toBe('')
  })

  it('prefers the hint of the place that raised it', () => {
    expect(new StudioError('disk-full', 'x', { hint: 'Empty the bin.' }).hint).toBe('Empty the bin.')
  })
})

describe('toStudioError', () => {
  it.each([
    ['ENOENT', 'file-missing'],
    ['EACCES', 'file-unreadable'],
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'output-unwritable'],
    ['EPIPE', 'internal']
  ])('%s becomes %s', (system, code) => {
    const thrown = Object.assign(new Error('no'), { code: system })
    expect(toStudioError(thrown)).toMatchObject({ code, cause: thrown })
  })

  it('says for people what the system says for programs', () => {
    const thrown = Object.assign(new Error("ENOENT: no such file or directory, open 'a.jpg'"), { code: 'ENOENT' })
    expect(toStudioError(Object.assign(thrown, { path: 'a.jpg' })).message).toBe('There is no "a.jpg".')
  })

  it('is not misled by codes that are names of every object', () => {
    expect(toStudioError(Object.assign(new Error('no'), { code: 'constructor' })).code).toBe('internal')
  })

  it('knows a cancelled call', () => {
    const controller = new AbortController()
    controller.abort()
    expect(toStudioError(controller.signal.reason).code).toBe('cancelled')
  })

  it('takes what is no error at all', () => {
    expect(toStudioError('oh')).toMatchObject({ code: 'internal', message: 'oh' })
  })
})

describe('errors on the wire', () => {
  it('cross whole, causes included', () => {
    const root = new StudioError('disk-full', 'no room', { details: { path: '/x' } })
    const error = new StudioError('engine-crashed', 'it ended', {
      cause: new StudioError('internal', 'why', { cause: root })
    })
    const back = deserializeError(serializedErrorSchema.parse(JSON.parse(JSON.stringify(serializeError(error)))))
    expect(back).toMatchObject({ code: 'engine-crashed', message: 'it ended', hint: error.hint })
    expect(back.cause).toMatchObject({ code: 'internal', message: 'why' })
    expect(back.cause).toMatchObject({ cause: { code: 'disk-full', details: { path: '/x' } } })
  })

  it('end, even where causes go in a circle', () => {
    const error = new Error('a')
    error.cause = error
    expect(serializedErrorSchema.safeParse(serializeError(error)).success).toBe(true)
  })

  it('take whatever was thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(serializedErrorSchema.safeParse(JSON.parse(JSON.stringify(serializeError(thrown)))).success).toBe(true)
      }),
      { examples: [[{ toString: null }], [Object.create(null)]] }
    )
  })
})

import { expect, it } from 'vitest'
import type { FromEngine, ToEngine } from '../../contract/engine-protocol.ts'
import type { EngineHandlers } from './engine-handlers.ts'
import type { HostPort } from './host-port.ts'
import { serveEngine } from './serve-engine.ts'

/** The studio's end of a port within this process. */
function connected(handlers: EngineHandlers) {
  const heard: FromEngine[] = []
  let say: (message: unknown) => void = () => {}
  const port: HostPort = {
    send: (message) => heard.push(message),
    onMessage: (listener) => {
      say = listener
    },
    onParentGone: () => {}
  }
  serveEngine('builtin', handlers, port)
  return { heard, say: (message: ToEngine) => say(message) }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
const inspect = (id: number): ToEngine => ({ type: 'call', id, name: 'inspect', params: { path: 'photo' } })

it('greets first, with its role and version', () => {
  expect(connected({}).heard).toMatchObject([{ type: 'ready', role: 'builtin', version: expect.any(String) }])
})

it('refuses a second call while it works on one, and goes on with the first', async () => {
  let finish: () => void = () => {}
  const { heard, say } = connected({
    inspect: () =>
      new Promise((_, reject) => {
        finish = () => reject(new Error('first'))
      })
  })
  say(inspect(1))
  say(inspect(2))
  finish()
  await settled()
  expect(heard.slice(1)).toMatchObject([
    { type: 'error', id: 2, error: { code: 'engine-protocol' } },
    { type: 'error', id: 1, error: { code: 'internal', message: 'first' } }
  ])
})

it('cancels the call that is meant, and no other', async () => {
  const signals: AbortSignal[] = []
  const { say } = connected({
    inspect: (_, { signal }) => {
      signals.push(signal)
      return new Promise(() => {})
    }
  })
  say(inspect(7))
  say({ type: 'cancel', id: 6 })
  await settled()
  expect(signals[0]?.aborted).toBe(false)
  say({ type: 'cancel', id: 7 })
  expect(signals[0]?.aborted).toBe(true)
})

it('refuses parameters that do not fit, before the engine sees them', async () => {
  const { heard, say } = connected({ inspect: () => Promise.reject(new Error('it got this far')) })
  say({ type: 'call', id: 1, name: 'inspect', params: { path: 5 } })
  await settled()
  expect(heard.at(-1)).toMatchObject({ type: 'error', id: 1, error: { code: 'engine-protocol' } })
})

it('answers the next call after one that failed at once', async () => {
  const { heard, say } = connected({
    inspect: () => {
      throw new Error('not even a promise')
    }
  })
  say(inspect(1))
  await settled()
  say(inspect(2))
  await settled()
  expect(heard.slice(1).map((message) => message.type === 'error' && message.id)).toEqual([1, 2])
})

import { EventEmitter } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import type { FromEngine } from '../../contract/engine-protocol.ts'
import { electronPort } from './electron-port.ts'

const READY: FromEngine = { type: 'ready', role: 'builtin', version: '1' }

afterEach(() => {
  Reflect.deleteProperty(process, 'parentPort')
})

it('is absent in a process that Electron did not start', () => {
  expect(electronPort()).toBeUndefined()
})

it('speaks through the parent port and unwraps what comes from it', () => {
  const sent: unknown[] = []
  const parentPort = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => sent.push(message) })
  Object.defineProperty(process, 'parentPort', { value: parentPort, configurable: true })
  const port = electronPort()
  const heard: unknown[] = []
  port?.onMessage((message) => heard.push(message))
  port?.onParentGone(() => heard.push('gone'))
  port?.send(READY)
  parentPort.emit('message', { data: { type: 'stop' }, ports: [] })
  parentPort.emit('close')
  expect(sent).toEqual([READY])
  expect(heard).toEqual([{ type: 'stop' }, 'gone'])
})

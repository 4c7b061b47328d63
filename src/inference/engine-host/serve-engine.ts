import {
  ENGINE_CALLS,
  type EngineCallName,
  type EngineRole,
  type ToEngine,
  toEngineSchema
} from '../../contract/engine-protocol.ts'
import { StudioError, serializeError } from '../../domain/errors.ts'
import { STUDIO_VERSION } from '../../domain/studio-version.ts'
import { toEngineError } from './engine-error.ts'
import type { EngineHandlers } from './engine-handlers.ts'
import type { HostPort } from './host-port.ts'
import { throttleProgress } from './progress-throttle.ts'

type Call = Extract<ToEngine, { type: 'call' }>

/** Answers calls until the studio says stop or is gone. Returns at once; the port keeps the process alive. */
export function serveEngine(role: EngineRole, handlers: EngineHandlers, port: HostPort): void {
  let running: { readonly id: number; readonly controller: AbortController } | undefined

  async function answer<N extends EngineCallName>(name: N, call: Call, signal: AbortSignal): Promise<unknown> {
    const handler = handlers[name]
    if (!handler) throw new StudioError('engine-protocol', `The engine "${role}" does not answer "${name}".`)
    const params = ENGINE_CALLS[name].params.safeParse(call.params)
    if (!params.success) {
      throw new StudioError('engine-protocol', `The parameters of the call "${name}" do not fit the protocol.`, {
        cause: params.error
      })
    }
    const onProgress = throttleProgress((progress) => port.send({ type: 'progress', id: call.id, progress }))
    return await handler(params.data, { signal, onProgress })
  }

  async function take(call: Call): Promise<void> {
    if (running) {
      const error = new StudioError('engine-protocol', 'The engine was called while it worked on another call.')
      port.send({ type: 'error', id: call.id, error: serializeError(error) })
      return
    }
    const controller = new AbortController()
    running = { id: call.id, controller }
    try {
      const result = await answer(call.name, call, controller.signal)
      running = undefined
      port.send({ type: 'result', id: call.id, result })
    } catch (thrown) {
      running = undefined
      port.send({ type: 'error', id: call.id, error: serializeError(toEngineError(thrown)) })
    }
  }

  port.onParentGone(() => process.exit(0))
  port.onMessage((message) => {
    const heard = toEngineSchema.parse(message)
    switch (heard.type) {
      case 'call':
        void take(heard)
        return
      case 'cancel':
        if (running?.id === heard.id) running.controller.abort()
        return
      case 'stop':
        process.exit(0)
    }
  })
  port.send({ type: 'ready', role, version: STUDIO_VERSION })
}

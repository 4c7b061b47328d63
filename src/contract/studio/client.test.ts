import { describe, expect, it, vi } from 'vitest'
import { StudioError, serializeError } from '../../domain/errors.ts'
import { summarize } from '../../domain/job-summary.ts'
import { sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { createStudioClient } from './client.ts'
import type { StudioRequest, StudioTransport } from './transport.ts'

/** A transport that carries nothing but JSON text, as HTTP does. */
function overJson(answer: (request: StudioRequest, tell: (message: unknown) => void) => Promise<unknown>) {
  const listeners = new Set<(message: unknown) => void>()
  const sent: StudioRequest[] = []
  const tell = (message: unknown) => {
    for (const listener of listeners) listener(JSON.parse(JSON.stringify(message)))
  }
  const transport: StudioTransport = {
    mediaBase: '/media/',
    async call(request) {
      sent.push(request)
      return JSON.parse(JSON.stringify(await answer(request, tell)))
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
  return { studio: createStudioClient(transport), sent, tell, listeners }
}

const summary = summarize(sampleJob())

describe('the studio client', () => {
  it('brings dates back from JSON', async () => {
    const { studio } = overJson(async () => ({ ok: true, result: { items: [summary], unreadable: [], next: null } }))
    const { items } = await studio.call('jobs.list', {})
    expect(items).toEqual([summary])
    expect(items[0]?.createdAt).toBeInstanceOf(Date)
  })

  it('raises errors as the studio raised them, causes included', async () => {
    const raised = new StudioError('disk-full', 'The drive is full.', {
      hint: 'Make room.',
      details: { bytes: 7 },
      cause: new StudioError('store-unavailable', 'write failed')
    })
    const { studio } = overJson(async () => ({ ok: false, error: serializeError(raised) }))
    const thrown = await studio.call('settings.get', {}).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(StudioError)
    expect(thrown).toMatchObject({ code: 'disk-full', hint: 'Make room.', details: { bytes: 7 } })
    expect(thrown).toMatchObject({ cause: { code: 'store-unavailable', message: 'write failed' } })
  })

  it('refuses an answer that does not fit the contract', async () => {
    const { studio } = overJson(async () => ({ ok: true, result: { items: 'none' } }))
    await expect(studio.call('jobs.list', {})).rejects.toMatchObject({ code: 'call-invalid' })
  })

  it('cancels on the studio’s side by the task of the call', async () => {
    let end: (answer: unknown) => void = () => undefined
    const { studio, sent } = overJson(async ({ name }) => {
      if (name === 'tasks.cancel') return { ok: true, result: {} }
      return await new Promise((resolve) => {
        end = resolve
      })
    })
    const abort = new AbortController()
    const call = studio.call('photos.importSample', {}, { signal: abort.signal })
    abort.abort()
    end({ ok: false, error: serializeError(new StudioError('cancelled', 'It was cancelled.')) })
    await expect(call).rejects.toMatchObject({ code: 'cancelled' })
    expect(sent.map(({ name }) => name)).toEqual(['photos.importSample', 'tasks.cancel'])
    expect(sent[1]?.params).toEqual({ task: sent[0]?.task })
  })

  it('tells the progress of its own task and no other', async () => {
    const progress = { activity: 'Looking', done: 1, total: 2 }
    const { studio, listeners } = overJson(async ({ task }, tell) => {
      tell({ event: 'task.progress', payload: { task: 'another', progress } })
      tell({ event: 'task.progress', payload: { task, progress } })
      return { ok: true, result: { accepted: [], rejected: [] } }
    })
    const onProgress = vi.fn()
    await studio.call('photos.importSample', {}, { onProgress })
    expect(onProgress.mock.calls).toEqual([[progress]])
    expect(listeners.size).toBe(0)
  })

  it('drops events that do not fit, and stops listening when nobody hears', () => {
    const { studio, tell, listeners } = overJson(async () => null)
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const heard = vi.fn()
    const end = studio.subscribe('jobs.changed', heard)
    tell({ event: 'jobs.changed', payload: { changed: [{}], removed: [] } })
    tell({ event: 'jobs.changed', payload: { changed: [summary], removed: ['x'] } })
    tell('nonsense')
    end()
    expect(heard.mock.calls).toEqual([[{ changed: [summary], removed: ['x'] }]])
    expect(error).toHaveBeenCalledOnce()
    expect(listeners.size).toBe(0)
    error.mockRestore()
  })
})

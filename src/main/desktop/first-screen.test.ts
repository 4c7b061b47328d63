import { afterEach, describe, expect, it, vi } from 'vitest'
import { watchFirstScreen } from './first-screen.ts'

afterEach(() => void vi.useRealTimers())

const request = (name: string) => ({ name, params: {}, task: null })

describe('the first screen', () => {
  it('stands once the page asks for what comes after it', async () => {
    const screen = watchFirstScreen(new AbortController().signal)
    let stands: boolean | undefined
    void screen.stands.then((told) => {
      stands = told
    })
    for (const asked of [request('settings.get'), request('jobs.counts'), null, 'jobs.list']) screen.heard(asked)
    await Promise.resolve()
    expect(stands).toBeUndefined()
    screen.heard(request('jobs.list'))
    expect(await screen.stands).toBe(true)
  })

  it('is not waited for without end', async () => {
    vi.useFakeTimers()
    const { stands } = watchFirstScreen(new AbortController().signal)
    await vi.runAllTimersAsync()
    expect(await stands).toBe(true)
  })

  it('will not stand where the studio quits before', async () => {
    const quitting = new AbortController()
    const screen = watchFirstScreen(quitting.signal)
    quitting.abort()
    screen.heard(request('jobs.list'))
    expect(await screen.stands).toBe(false)
    expect(await watchFirstScreen(quitting.signal).stands).toBe(false)
  })
})

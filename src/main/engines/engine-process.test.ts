import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { StudioError } from '../../domain/errors.ts'
import type { Progress } from '../../domain/progress.ts'
import type { EngineLimits } from './engine-limits.ts'
import { EngineProcess } from './engine-process.ts'
import { forkNodeChild } from './node-fork.ts'

const SCRIPTED = fileURLToPath(new URL('../../inference/engine-host/scripted-engine.fixture.ts', import.meta.url))

const started: EngineProcess[] = []

function scripted(limits: Partial<EngineLimits> = {}, options: { heapMb?: number; start?: string } = {}) {
  const engine = new EngineProcess({
    role: 'builtin',
    entry: SCRIPTED,
    execArgv: ['--import', 'tsx', ...(options.heapMb ? [`--max-old-space-size=${options.heapMb}`] : [])],
    environment: { APEX_RESOURCES: '/somewhere', FIXTURE_START: options.start ?? '' },
    fork: forkNodeChild,
    limits
  })
  started.push(engine)
  return engine
}

function ask(engine: EngineProcess, act: string, signal = new AbortController().signal, seen: Progress[] = []) {
  return engine.call('inspect', { path: act }, { signal, onProgress: (progress) => seen.push(progress) })
}

async function failure(call: Promise<unknown>): Promise<StudioError> {
  const thrown: unknown = await call.then(
    () => new Error('it did not fail'),
    (error: unknown) => error
  )
  if (thrown instanceof StudioError) return thrown
  throw thrown
}

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((engine) => engine.stop()))
})

describe('a call', () => {
  it('starts the process lazily, hands over its resources and is answered by it', async () => {
    const engine = scripted()
    expect(engine.pid).toBeUndefined()
    const { notes } = await ask(engine, 'answer')
    expect(notes).toEqual(['answered', String(engine.pid), '/somewhere'])
  })

  it('passes progress on, the last step included, without forwarding every count', async () => {
    const seen: Progress[] = []
    await ask(scripted(), 'report-progress', undefined, seen)
    expect(seen[0]).toEqual({ activity: 'report-progress', done: 1, total: 20, withinMs: 5_000 })
    expect(seen.at(-1)?.done).toBe(20)
    expect(seen.length).toBeLessThan(20)
  })

  it('carries an error whole: code, hint, details and every cause', async () => {
    const error = await failure(ask(scripted(), 'throw-studio-error'))
    expect(error).toMatchObject({ code: 'face-none', message: 'There is no face.', details: { looked: 3 } })
    expect(error.hint).toMatch(/face is visible/)
    expect(error.cause).toMatchObject({ message: 'inner', cause: { message: 'innermost' } })
  })

  it('names an allocation that failed inside the engine as memory', async () => {
    const engine = scripted()
    expect((await failure(ask(engine, 'throw-out-of-memory'))).code).toBe('engine-out-of-memory')
    expect((await ask(engine, 'answer')).notes[0]).toBe('answered')
  })

  it('refuses a result that does not fit the protocol', async () => {
    expect((await failure(ask(scripted(), 'answer-nonsense'))).code).toBe('engine-protocol')
  })

  it('refuses parameters that do not fit before anything is started', async () => {
    const engine = scripted()
    expect((await failure(ask(engine, JSON.parse('7')))).code).toBe('engine-protocol')
    expect(engine.pid).toBeUndefined()
  })

  it('waits for the call before it', async () => {
    const engine = scripted()
    const order: string[] = []
    await Promise.all(
      ['work-longer-than-first-sign', 'answer'].map((act) => ask(engine, act).then(() => order.push(act)))
    )
    expect(order).toEqual(['work-longer-than-first-sign', 'answer'])
  })

  it('is not answered by a role that lacks it', async () => {
    const call = scripted().call(
      'measure',
      {
        references: [{ path: 'a', face: null }],
        path: 'b',
        parameters: {
          purpose: 'resume',
          attire: 'as_photographed',
          background: 'white',
          vibe: 'warm',
          lighting: 'soft',
          mood: 'neutral',
          resolution: '1k',
          notes: ''
        },
        expectedSize: { width: 8, height: 8 },
        generatorKind: 'photographic',
        sourceDetail: null,
        limitations: []
      },
      { signal: new AbortController().signal, onProgress: () => {} }
    )
    expect(await failure(call)).toMatchObject({ code: 'engine-protocol', message: expect.stringContaining('measure') })
  })
})

describe('an engine that gives no sign of life', () => {
  it('is ended when it is silent from the start, and replaced', async () => {
    const engine = scripted({ firstSignMs: 1_500 })
    const call = ask(engine, 'hang-silently')
    await vi.waitFor(() => expect(engine.pid).toBeDefined())
    const pid = engine.pid ?? 0
    expect((await failure(call)).code).toBe('engine-timeout')
    expect(isRunning(pid)).toBe(false)
    expect((await ask(engine, 'answer')).notes[1]).not.toBe(String(pid))
  })

  it('is held to the time its own step announced', async () => {
    expect((await failure(ask(scripted(), 'announce-and-hang'))).code).toBe('engine-timeout')
  })

  it('is left to work as long as it keeps its word', async () => {
    expect((await ask(scripted({ firstSignMs: 1_500 }), 'work-longer-than-first-sign')).notes).toEqual(['done'])
  })

  it('is ended when it never becomes ready', async () => {
    expect((await failure(ask(scripted({ startMs: 500 }, { start: 'hang' }), 'answer'))).code).toBe('engine-timeout')
  })
})

describe('cancelling', () => {
  it('reaches the engine, which goes on living', async () => {
    const engine = scripted()
    const controller = new AbortController()
    const seen: Progress[] = []
    const call = ask(engine, 'wait-for-cancel', controller.signal, seen)
    await vi.waitFor(() => expect(seen).toHaveLength(1), { timeout: 20_000 })
    const pid = engine.pid
    controller.abort()
    expect((await failure(call)).code).toBe('cancelled')
    expect((await ask(engine, 'answer')).notes[1]).toBe(String(pid))
  })

  it('kills an engine that does not answer it, and says cancelled all the same', async () => {
    const engine = scripted({ cancelGraceMs: 200 })
    const controller = new AbortController()
    const seen: Progress[] = []
    const call = ask(engine, 'ignore-cancel', controller.signal, seen)
    await vi.waitFor(() => expect(seen).toHaveLength(1), { timeout: 20_000 })
    const pid = engine.pid ?? 0
    controller.abort()
    expect((await failure(call)).code).toBe('cancelled')
    expect(isRunning(pid)).toBe(false)
  })

  it('takes a waiting call out of the queue at once', async () => {
    const engine = scripted()
    const [first, second] = [new AbortController(), new AbortController()]
    const running = ask(engine, 'wait-for-cancel', first.signal)
    const waiting = ask(engine, 'print-and-exit', second.signal)
    second.abort()
    expect((await failure(waiting)).code).toBe('cancelled')
    first.abort()
    expect((await failure(running)).code).toBe('cancelled')
    expect((await ask(engine, 'answer')).notes[0]).toBe('answered')
  })

  it('starts nothing when it came before the call', async () => {
    const engine = scripted()
    expect((await failure(ask(engine, 'answer', AbortSignal.abort()))).code).toBe('cancelled')
    expect(engine.pid).toBeUndefined()
  })
})

describe('an engine that dies', () => {
  it('is reported with its exit code and its last words, and replaced', async () => {
    const engine = scripted()
    const error = await failure(ask(engine, 'print-and-exit'))
    expect(error).toMatchObject({ code: 'engine-crashed', details: { exitCode: 3 } })
    expect(error.details?.output).toContain('the last words')
    expect((await ask(engine, 'answer')).notes[0]).toBe('answered')
  })

  it.each(['throw-out-of-memory', 'print-and-exit'])('is frugal after %s, until it has rested', async (act) => {
    const engine = scripted({ idleMs: 1_500 })
    expect((await ask(engine, 'tell-frugality')).notes).toEqual(['usual'])
    await failure(ask(engine, act))
    expect((await ask(engine, 'tell-frugality')).notes).toEqual(['frugal'])
    expect((await ask(engine, 'tell-frugality')).notes).toEqual(['frugal'])
    await vi.waitFor(() => expect(engine.pid).toBeUndefined(), { timeout: 10_000 })
    expect((await ask(engine, 'tell-frugality')).notes).toEqual(['usual'])
  })

  it('stays as it was after an error of the engine’s own', async () => {
    const engine = scripted()
    await failure(ask(engine, 'throw-studio-error'))
    expect((await ask(engine, 'tell-frugality')).notes).toEqual(['usual'])
  })

  it('dies of a rejection nobody handles', async () => {
    const error = await failure(ask(scripted(), 'reject-unhandled'))
    expect(error).toMatchObject({ code: 'engine-crashed', details: { exitCode: 1 } })
    expect(error.details?.output).toContain('nobody listens')
  })

  it("is told apart when V8's heap is exhausted", async () => {
    const error = await failure(ask(scripted({}, { heapMb: 48 }), 'exhaust-heap'))
    expect(error.code).toBe('engine-out-of-memory')
    expect(error.details?.output).toContain('heap out of memory')
  })

  it.skipIf(process.platform === 'win32')('is told apart when the system killed it', async () => {
    const error = await failure(ask(scripted(), 'die-by-kernel'))
    expect(error).toMatchObject({ code: 'engine-out-of-memory', details: { signal: 'SIGKILL' } })
    expect(error.message).toMatch(/may have run out of memory/)
  })

  it('is reported when it cannot be loaded', async () => {
    const error = await failure(ask(scripted({}, { start: 'fail' }), 'answer'))
    expect(error.code).toBe('engine-crashed')
    expect(error.details?.output).toContain('cannot be loaded')
  })

  it('is ended when it talks nonsense', async () => {
    expect((await failure(ask(scripted(), 'speak-nonsense'))).code).toBe('engine-protocol')
  })

  it('is ended when it cuts the channel but lives on', async () => {
    const error = await failure(ask(scripted(), 'cut-the-channel'))
    expect(error).toMatchObject({ code: 'engine-crashed', message: expect.stringContaining('channel') })
  })

  it('survives a flood of output', async () => {
    expect((await ask(scripted(), 'flood-output')).notes).toEqual(['flooded'])
  })
})

describe('a studio that dies', () => {
  it('takes its engines with it', async () => {
    const studio = fork(fileURLToPath(new URL('./short-lived-studio.fixture.ts', import.meta.url)), [SCRIPTED], {
      execArgv: ['--import', 'tsx'],
      stdio: 'inherit'
    })
    const [engine] = z.tuple([z.number()]).parse((await once(studio, 'message')).slice(0, 1))
    expect(isRunning(engine)).toBe(true)
    studio.kill('SIGKILL')
    await vi.waitFor(() => expect(isRunning(engine)).toBe(false), { timeout: 10_000 })
  })
})

describe('stopping', () => {
  it('ends the process and takes no further calls', async () => {
    const engine = scripted()
    await ask(engine, 'answer')
    const pid = engine.pid ?? 0
    await engine.stop()
    expect(isRunning(pid)).toBe(false)
    expect((await failure(ask(engine, 'answer'))).code).toBe('engine-unavailable')
  })

  it('ends a process that is busy, and its call with it', async () => {
    const engine = scripted({ stopGraceMs: 200 })
    const seen: Progress[] = []
    const call = failure(ask(engine, 'ignore-cancel', undefined, seen))
    await vi.waitFor(() => expect(seen).toHaveLength(1), { timeout: 20_000 })
    await engine.stop()
    expect((await call).code).toBe('cancelled')
  })

  it('gives the memory back when there is nothing to do, and starts again when there is', async () => {
    const engine = scripted({ idleMs: 100 })
    await ask(engine, 'answer')
    await vi.waitFor(() => expect(engine.pid).toBeUndefined(), { timeout: 5_000 })
    expect((await ask(engine, 'answer')).notes[0]).toBe('answered')
  })
})

describe('what it is at', () => {
  function heard(engine: EngineProcess) {
    const states: string[] = []
    engine.activity.onChanged(() => {
      const { state, error } = engine.activity.now
      states.push(error ? `${state} ${error.code}` : state)
    })
    return states
  }

  it('is told from start to rest, an error of the engine’s own being no end', async () => {
    const engine = scripted({ idleMs: 100 })
    const states = heard(engine)
    await ask(engine, 'answer')
    await failure(ask(engine, 'throw-studio-error'))
    await vi.waitFor(() => expect(states.at(-1)).toBe('idle'), { timeout: 5_000 })
    expect(states).toEqual(['busy', 'ready', 'busy', 'ready', 'idle'])
  })

  it('is told of a crash and of the start after it', async () => {
    const engine = scripted()
    const states = heard(engine)
    await failure(ask(engine, 'print-and-exit'))
    await ask(engine, 'answer')
    expect(states).toEqual(['busy', 'idle engine-crashed', 'busy', 'ready'])
  })

  it('is away when it cannot be started, and rests when it is killed while it waits', async () => {
    const broken = scripted({}, { start: 'fail' })
    const states = heard(broken)
    await failure(ask(broken, 'answer'))
    expect(states).toEqual(['busy', 'away engine-crashed'])
    const engine = scripted()
    await ask(engine, 'answer')
    process.kill(engine.pid ?? 0, 'SIGKILL')
    await vi.waitFor(() => expect(engine.activity.now).toEqual({ state: 'idle', error: null }), { timeout: 5_000 })
  })
})

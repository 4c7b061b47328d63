import { setTimeout as sleep } from 'node:timers/promises'
import { StudioError } from '../../domain/errors.ts'
import type { PhotoInspection } from '../../domain/photo.ts'
import { isFrugal } from '../runtime/frugality.ts'
import { MEASUREMENTS_DESCRIPTION } from './built-in-descriptions.ts'
import { nodePort } from './node-port.ts'
import { serveEngine } from './serve-engine.ts'

/**
 * An engine that misbehaves on command: a real process over the real host, for tests of its supervisor. The path of
 * `inspect` names the act; what it answers comes back in the notes.
 */
const inspection = (...notes: string[]): PhotoInspection => ({
  width: 1,
  height: 1,
  mediaType: 'image/png',
  bitsPerChannel: 8,
  colourSpace: 'sRGB',
  faces: [],
  notes
})

const block = (ms: number) => {
  const end = performance.now() + ms
  while (performance.now() < end);
}

type Act = (
  signal: AbortSignal,
  onProgress: (done: number, withinMs: number) => void
) => Promise<PhotoInspection> | PhotoInspection

const ACTS: Readonly<Record<string, Act>> = {
  answer: () => inspection('answered', String(process.pid), process.env.APEX_RESOURCES ?? ''),
  'tell-frugality': () => inspection(isFrugal() ? 'frugal' : 'usual'),
  'report-progress': async (_, onProgress) => {
    for (let step = 1; step <= 20; step++) onProgress(step, 5_000)
    return inspection()
  },
  'throw-studio-error': () => {
    throw new StudioError('face-none', 'There is no face.', {
      details: { looked: 3 },
      cause: new RangeError('inner', { cause: new Error('innermost') })
    })
  },
  'throw-out-of-memory': () => {
    throw new RangeError('Array buffer allocation failed')
  },
  'answer-nonsense': () => ({ ...inspection(), width: -1 }),
  'hang-silently': () => new Promise<never>(() => {}),
  'announce-and-hang': (_, onProgress) => {
    onProgress(1, 200)
    return new Promise<never>(() => {})
  },
  'work-longer-than-first-sign': async (_, onProgress) => {
    for (let step = 1; step <= 8; step++) {
      onProgress(step, 10_000)
      await sleep(300)
    }
    return inspection('done')
  },
  'wait-for-cancel': (signal, onProgress) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        console.error('cancelled in the engine')
        reject(signal.reason)
      })
      onProgress(1, 60_000)
    }),
  'ignore-cancel': (_, onProgress) => {
    onProgress(1, 60_000)
    block(60_000)
    return inspection()
  },
  'print-and-exit': () => {
    console.error('the last words')
    process.exit(3)
  },
  'reject-unhandled': () => {
    void Promise.reject(new Error('nobody listens'))
    return new Promise<never>(() => {})
  },
  'exhaust-heap': () => {
    const hoard: unknown[] = []
    for (;;) hoard.push(Array.from({ length: 10_000 }, (_, index) => ({ index })))
  },
  'die-by-kernel': () => {
    process.kill(process.pid, 'SIGKILL')
    return new Promise<never>(() => {})
  },
  'flood-output': () => {
    for (let line = 0; line < 20_000; line++) console.error(`line ${line} ${'x'.repeat(80)}`)
    return inspection('flooded')
  },
  'speak-nonsense': () => {
    process.send?.({ type: 'gibberish' })
    return new Promise<never>(() => {})
  },
  'cut-the-channel': () => {
    process.removeAllListeners('disconnect')
    process.disconnect()
    setInterval(() => {}, 1_000)
    return new Promise<never>(() => {})
  }
}

process.on('unhandledRejection', (reason) => {
  console.error(reason)
  process.exit(1)
})

if (process.env.FIXTURE_START === 'fail') throw new Error('cannot be loaded')
if (process.env.FIXTURE_START === 'hang') await sleep(60_000)

serveEngine(
  'builtin',
  {
    describe: async () => MEASUREMENTS_DESCRIPTION,
    inspect: async ({ path }, { signal, onProgress }) => {
      const act = ACTS[path]
      if (!act) throw new StudioError('internal', `There is no act "${path}".`)
      return act(signal, (done, withinMs) => onProgress({ activity: path, done, total: 20, withinMs }))
    }
  },
  nodePort()
)

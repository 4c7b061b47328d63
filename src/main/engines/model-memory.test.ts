import { describe, expect, it } from 'vitest'
import { StudioError } from '../../domain/errors.ts'
import type { CallContext, Progress } from '../../domain/progress.ts'
import { ModelMemory } from './model-memory.ts'

const calling = (more: Partial<CallContext> = {}): CallContext => ({
  signal: new AbortController().signal,
  onProgress: () => undefined,
  ...more
})

/** Models that share so many bytes; one opens where its own are free. */
function machine(bytes: number) {
  const memory = new ModelMemory()
  const open = new Map<string, number>()
  const model = (name: string, needed: number) => {
    const shared = memory.join({
      held: () => open.get(name) ?? 0,
      release: async () => void open.delete(name)
    })
    const load = async () => {
      const free = bytes - [...open.values()].reduce((sum, held) => sum + held, 0) + (open.get(name) ?? 0)
      if (needed > free) throw new StudioError('engine-out-of-memory', 'too little', { details: { needed } })
      open.set(name, needed)
      return name
    }
    return { shared, use: () => shared.retrying(load, calling()) }
  }
  return { model, open }
}

describe('ModelMemory', () => {
  it('goes to whichever model needs it', async () => {
    const { model, open } = machine(10)
    const [flux, vlm] = [model('flux', 7), model('vlm', 6)]
    for (const each of ['flux', 'vlm', 'flux'] as const) {
      expect(await { flux, vlm }[each].use()).toBe(each)
      expect([...open.keys()]).toEqual([each])
    }
    expect(vlm.shared.heldByOthers()).toBe(7)
    expect(flux.shared.heldByOthers()).toBe(0)
  })

  it('is left to both where there is enough', async () => {
    const { model, open } = machine(13)
    const [flux, vlm] = [model('flux', 7), model('vlm', 6)]
    await Promise.all([flux.use(), vlm.use()])
    expect([...open.keys()]).toEqual(['flux', 'vlm'])
  })

  it('is asked for once, and not for what is no lack of it', async () => {
    const { model, open } = machine(10)
    const [flux, vlm] = [model('flux', 11), model('vlm', 6)]
    await vlm.use()
    await expect(flux.use()).rejects.toMatchObject({ code: 'engine-out-of-memory' })
    await vlm.use()
    let tries = 0
    const fails = async () => {
      tries++
      throw new StudioError('engine-crashed', 'gone')
    }
    await expect(flux.shared.retrying(fails, calling())).rejects.toMatchObject({ code: 'engine-crashed' })
    expect([tries, open.size]).toEqual([1, 1])
  })

  it('is waited for in plain sight, and not by who is cancelled meanwhile', async () => {
    const memory = new ModelMemory()
    memory.join({ held: () => 1, release: () => new Promise<void>(() => undefined) })
    const mine = memory.join({ held: () => 0, release: async () => undefined })
    const cancel = new AbortController()
    const seen: Progress[] = []
    const onProgress = (progress: Progress) => {
      seen.push(progress)
      cancel.abort()
    }
    const short = async () => {
      throw new StudioError('engine-out-of-memory', 'too little', { details: { needed: 2 } })
    }
    await expect(mine.retrying(short, calling({ signal: cancel.signal, onProgress }))).rejects.toMatchObject({
      code: 'cancelled'
    })
    expect(seen).toMatchObject([{ activity: 'Waiting for the memory of other models' }])
  })
})

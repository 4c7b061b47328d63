import {
  type EngineCallName,
  type EngineRole,
  type FromEngine,
  fromEngineSchema
} from '../../contract/engine-protocol.ts'
import { deserializeError, StudioError } from '../../domain/errors.ts'
import type { CallContext } from '../../domain/progress.ts'
import { say } from '../../domain/sentences/say.ts'
import { cancelledBy } from './cancellation.ts'
import type { EngineChild } from './engine-fork.ts'
import type { EngineLimits } from './engine-limits.ts'
import { verdictOn } from './exit-verdict.ts'
import { OutputTail } from './output-tail.ts'
import { Watchdog } from './watchdog.ts'

const OUTPUT_KEPT = 8_192

/** A process that waits for a broken driver cannot even be killed; nobody waits for it longer than this. */
const KILL_MS = 5_000

interface RunningCall {
  readonly id: number
  readonly name: EngineCallName
  readonly context: CallContext
  readonly resolve: (result: unknown) => void
  readonly reject: (error: StudioError) => void
}

/** One living engine process, from its fork to its end. Holds at most one call. */
export class EngineConnection {
  readonly #child: EngineChild
  readonly #expected: { readonly role: EngineRole; readonly version: string }
  readonly #limits: EngineLimits
  readonly #output = new OutputTail(OUTPUT_KEPT)
  readonly #watchdog = new Watchdog(() => this.#hung())
  readonly #ready: Promise<void>
  readonly #gone: Promise<void>
  #admit: () => void = () => {}
  #refuse: (error: StudioError) => void = () => {}
  #leave: () => void = () => {}
  /** Why it was killed; what is then reported instead of the signal that killed it. */
  #sentence: StudioError | undefined
  #call: RunningCall | undefined
  #nextId = 0
  #over = false

  constructor(child: EngineChild, expected: { role: EngineRole; version: string }, limits: EngineLimits) {
    this.#child = child
    this.#expected = expected
    this.#limits = limits
    this.#ready = new Promise((resolve, reject) => {
      this.#admit = resolve
      this.#refuse = reject
    })
    this.#ready.catch(() => {})
    this.#gone = new Promise((resolve) => {
      this.#leave = resolve
    })
    this.#watchdog.expect(limits.startMs)
    child.onOutput((text) => this.#output.add(text))
    child.onMessage((message) => this.#receive(message))
    child.onExit((exit) => this.#bury(this.#sentence ?? verdictOn(exit, this.#doing(), this.#output.toString())))
  }

  get alive(): boolean {
    return !this.#over && !this.#sentence
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Resolves when the process is gone. */
  get gone(): Promise<void> {
    return this.#gone
  }

  /** Resolves when the process takes calls. @throws StudioError when it ends before that. */
  ready(): Promise<void> {
    return this.#ready
  }

  /**
   * Settles only when the process no longer works on the call: it answered, or it is gone.
   * @throws StudioError what the engine reports, or `cancelled`, `engine-crashed`, `engine-out-of-memory`, `engine-timeout`.
   */
  async call(name: EngineCallName, params: unknown, context: CallContext): Promise<unknown> {
    if (context.signal.aborted) throw cancelledBy(context.signal)
    const id = this.#nextId++
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#call = { id, name, context, resolve, reject }
    })
    const cancel = () => {
      this.#child.send({ type: 'cancel', id })
      this.#watchdog.expect(this.#limits.cancelGraceMs)
    }
    context.signal.addEventListener('abort', cancel, { once: true })
    this.#watchdog.expect(this.#limits.firstSignMs)
    this.#child.send({ type: 'call', id, name, params })
    try {
      const result = await answer
      if (!context.signal.aborted) return result
    } catch (thrown) {
      if (!context.signal.aborted) throw thrown
    } finally {
      context.signal.removeEventListener('abort', cancel)
      this.#watchdog.rest()
      this.#call = undefined
    }
    throw cancelledBy(context.signal)
  }

  /** Asks the process to end, and ends it when it does not. */
  async stop(): Promise<void> {
    const sentence = new StudioError('cancelled', 'The engine was stopped.')
    this.#sentence ??= sentence
    this.#child.send({ type: 'stop' })
    const timer = setTimeout(() => this.#kill(sentence), this.#limits.stopGraceMs)
    await this.#gone
    clearTimeout(timer)
  }

  #receive(message: unknown): void {
    const parsed = fromEngineSchema.safeParse(message)
    if (!parsed.success) {
      this.#kill(
        new StudioError('engine-protocol', 'The engine sent something that cannot be understood.', {
          cause: parsed.error
        })
      )
      return
    }
    if (parsed.data.type === 'ready') this.#greet(parsed.data)
    else if (parsed.data.id === this.#call?.id) this.#hear(parsed.data, this.#call)
  }

  #greet(greeting: Extract<FromEngine, { type: 'ready' }>): void {
    const { role, version } = this.#expected
    if (greeting.role !== role || greeting.version !== version) {
      const message = `The engine is ${greeting.role} ${greeting.version}, but ${role} ${version} was started.`
      this.#kill(new StudioError('engine-protocol', message))
      return
    }
    this.#watchdog.rest()
    this.#admit()
  }

  #hear(heard: Exclude<FromEngine, { type: 'ready' }>, call: RunningCall): void {
    switch (heard.type) {
      case 'progress':
        // Once cancelled, progress buys no more time.
        if (call.context.signal.aborted) return
        this.#watchdog.expect(heard.progress.withinMs)
        call.context.onProgress(heard.progress)
        return
      case 'result':
        call.resolve(heard.result)
        return
      case 'error':
        call.reject(deserializeError(heard.error))
        return
    }
  }

  #hung(): void {
    const output = this.#output.toString()
    const message = say('error-engine-silent', { doing: this.#doing() })
    this.#kill(new StudioError('engine-timeout', message, { details: { output } }))
  }

  #kill(error: StudioError): void {
    const sentence = this.#sentence ?? error
    this.#sentence = sentence
    this.#child.kill()
    setTimeout(() => this.#bury(sentence), KILL_MS).unref()
  }

  #bury(error: StudioError): void {
    if (this.#over) return
    this.#over = true
    this.#watchdog.rest()
    this.#refuse(error)
    this.#call?.reject(error)
    this.#leave()
  }

  #doing(): string {
    return this.#call ? say('engine-worked-on', { task: this.#call.name }) : say('engine-was-starting')
  }
}

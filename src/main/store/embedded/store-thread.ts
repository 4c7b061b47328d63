import type { Worker } from 'node:worker_threads'
import type { z } from 'zod'
import { deserializeError, StudioError } from '../../../domain/errors.ts'
import { say } from '../../../domain/sentences/say.ts'
import type { StartStoreWorker } from '../start-store-worker.ts'
import { fromWorkerSchema, type StoreCall, type workerOptionsSchema } from './worker-protocol.ts'

interface Waiting {
  resolve(result: unknown): void
  reject(error: StudioError): void
}

/** The worker thread as seen from the main thread. A thread that dies fails its calls, and the next call starts another. */
export class StoreThread {
  readonly #start: StartStoreWorker
  readonly #path: string
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #closing: Promise<void> | null = null
  #calls = 0

  /** `path` is that of the database. */
  constructor(start: StartStoreWorker, path: string) {
    this.#start = start
    this.#path = path
  }

  /** The result as its schema reads it. @throws StudioError as the worker raised it, or `store-unavailable`. */
  async call<S extends z.ZodType>(call: StoreCall, result: S): Promise<z.output<S>> {
    if (this.#closing) throw new StudioError('store-unavailable', say('error-store-closed'))
    return result.parse(await this.#send(call))
  }

  /** Resolves when every call before it has been answered and the thread is gone. */
  close(): Promise<void> {
    this.#closing ??= this.#end()
    return this.#closing
  }

  async #end(): Promise<void> {
    const worker = this.#worker
    if (!worker) return
    try {
      await this.#send({ method: 'close' })
    } finally {
      await worker.terminate()
    }
  }

  #send(call: StoreCall): Promise<unknown> {
    const worker = this.#running()
    const id = this.#calls++
    return new Promise((resolve, reject) => {
      // Throws for what cannot be cloned, a function say; nobody waits then.
      worker.postMessage({ id, call })
      worker.ref()
      this.#waiting.set(id, { resolve, reject })
    })
  }

  #running(): Worker {
    if (this.#worker) return this.#worker
    const worker = this.#start()
    const options: z.input<typeof workerOptionsSchema> = { path: this.#path }
    worker.postMessage(options)
    worker.on('message', (message: unknown) => this.#settle(worker, message))
    worker.on('error', (cause) => this.#lose(worker, cause))
    worker.on('exit', () => this.#lose(worker, undefined))
    this.#worker = worker
    return worker
  }

  #settle(worker: Worker, message: unknown): void {
    const answer = fromWorkerSchema.parse(message)
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    // An idle store must not keep the process alive.
    if (this.#waiting.size === 0) worker.unref()
    if ('error' in answer) waiting?.reject(deserializeError(answer.error))
    else waiting?.resolve(answer.result)
  }

  #lose(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return
    this.#worker = null
    for (const waiting of this.#waiting.values()) {
      waiting.reject(new StudioError('store-unavailable', 'The thread of the store ended.', { cause }))
    }
    this.#waiting.clear()
  }
}

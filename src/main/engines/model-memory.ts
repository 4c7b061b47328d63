import { toStudioError } from '../../domain/errors.ts'
import type { CallContext } from '../../domain/progress.ts'
import { unlessCancelled } from './cancellation.ts'

/** A picture that another model makes is waited for, milliseconds; on a processor that takes minutes. */
const MAKING_ROOM_MS = 1_800_000

/** A model on this machine, as far as others need its memory. */
export interface MemoryHolder {
  /** Bytes that it would give back, about; 0 while it has nothing open. */
  held(): number
  /** Gives them back once it has answered what it was asked. */
  release(): Promise<void>
}

/** What one of several models can do about the memory that it shares with the others. */
export interface SharedMemory {
  /** Bytes that the others would give back. */
  heldByOthers(): number
  /**
   * Runs `work`, which opens the model; once more, after the others have given their memory back, where it failed because
   * more was needed than could be had.
   * @throws what `work` throws, or `cancelled`; what was asked to make room does so all the same
   */
  retrying<T>(work: () => Promise<T>, context: CallContext): Promise<T>
}

/**
 * The memory of this machine, which its models share: whichever needs more than is free has the others give theirs back.
 * None of them keeps it from another, since one that waits holds no turn of its own.
 */
export class ModelMemory {
  readonly #holders = new Set<MemoryHolder>()

  join(holder: MemoryHolder): SharedMemory {
    this.#holders.add(holder)
    const others = () => [...this.#holders].filter((each) => each !== holder)
    return {
      heldByOthers: () => others().reduce((sum, each) => sum + each.held(), 0),
      retrying: async (work, { signal, onProgress }) => {
        try {
          return await work()
        } catch (thrown) {
          const { code, details } = toStudioError(thrown)
          // Without a figure the memory was not asked for in vain: it ran out in the midst, which is another matter.
          if (code !== 'engine-out-of-memory' || details?.needed === undefined || others().length === 0) throw thrown
          // Its own process too: the next one of an engine that ran short would make do without the graphics card.
          const released = Promise.all([...this.#holders].map((each) => each.release()))
          onProgress({
            activity: 'Waiting for the memory of other models',
            done: 0,
            total: 1,
            withinMs: MAKING_ROOM_MS
          })
          await unlessCancelled(released, signal)
          return await work()
        }
      }
    }
  }
}

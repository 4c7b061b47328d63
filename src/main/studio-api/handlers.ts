import type {
  DesktopCallName,
  StudioCallName,
  StudioCallRequest,
  StudioCallResult
} from '../../contract/studio/calls.ts'
import type { CallContext } from '../../domain/progress.ts'

/** Who asks, and what they may. */
export interface Asker {
  /** The window on the studio's own machine. */
  readonly desktop: boolean
  /** Whether a call may name this path of the studio's machine, to read it or to write there. */
  mayName(path: string): boolean
}

/** Whoever sits at the studio's machine: every path is theirs already. */
export const OWN_WINDOW: Asker = { desktop: true, mayName: () => true }

/** What a handler is told besides its parameters: how to notice a cancel, how to tell progress, its task id, who asks. */
export interface HandlerContext extends CallContext {
  readonly task: string | null
  readonly asker: Asker
}

export type Handler<N extends StudioCallName> = (
  params: StudioCallRequest<N>,
  context: HandlerContext
) => Promise<StudioCallResult<N>>

/** Handlers of some of the calls, each of the type of its name. */
export type HandlersOf<N extends StudioCallName> = { readonly [M in N]: Handler<M> }

/** The calls of one area, e.g. `jobs`. */
export type CallsIn<Area extends string> = Exclude<Extract<StudioCallName, `${Area}.${string}`>, DesktopCallName>

/** Everything a studio without a window can answer. */
export type CommonCallName = Exclude<StudioCallName, DesktopCallName>

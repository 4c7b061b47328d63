import type {
  DesktopCallName,
  StudioCallName,
  StudioCallRequest,
  StudioCallResult
} from '../../contract/studio/calls.ts'
import type { CallContext } from '../../domain/progress.ts'

/** What a handler is told besides its parameters: how to notice a cancel, how to tell progress, and its task id. */
export interface HandlerContext extends CallContext {
  readonly task: string | null
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

import type { EngineCallName, EngineCallParams, EngineCallResult } from '../../contract/engine-protocol.ts'
import type { CallContext } from '../../domain/progress.ts'

/** What a role answers calls with; one it leaves out is refused. They throw StudioError and look at the signal between steps. */
export type EngineHandlers = {
  readonly [N in EngineCallName]?:
    | ((params: EngineCallParams<N>, context: CallContext) => Promise<EngineCallResult<N>>)
    | undefined
}

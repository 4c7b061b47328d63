import { measurePrompt } from '../flux/engine/measure-prompt.ts'
import { inspectFlux, paint } from '../flux/engine/paint.ts'
import type { EngineHandlers } from './engine-handlers.ts'

/** A FLUX model: it is told what to show, and paints. */
export const fluxHandlers: EngineHandlers = { inspectFlux, measurePrompt, paint }

import type { StudioCallResult } from '../../../contract/studio/calls.ts'
import type { OrderSettings } from '../../../domain/order.ts'
import { entryOf, PARAMETER_NAMES } from '../../../domain/parameters/parameters.ts'
import type { Studio } from '../../studio.ts'

/** Which engines would make such an order, what they cannot do, and how long it mostly takes. */
export async function estimate(studio: Studio, settings: OrderSettings): Promise<StudioCallResult<'jobs.estimate'>> {
  const engines = await studio.chooseEngines(settings.engines)
  const [generator, vlm, examiner] = await Promise.all([
    engines.generator.describe(),
    engines.vlm.describe(),
    engines.examiner.describe()
  ])
  // Only the built-in engine says in the catalogue what it does for each choice.
  const limitations = generator.kind === 'photographic' ? limitsOf(settings.parameters) : []
  const usualMs = studio.manager.usualMs({ generator, vlm, examiner }, settings.parameters.resolution)
  return { generator, vlm, limitations, usualMs }
}

function limitsOf(parameters: OrderSettings['parameters']) {
  return PARAMETER_NAMES.flatMap((parameter) => {
    const builtIn = entryOf(parameter, parameters[parameter])?.builtIn
    return builtIn && builtIn.support !== 'full' ? [{ parameter, reason: builtIn.does }] : []
  })
}

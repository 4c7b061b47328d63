import { join } from 'node:path'
import type { GenerateRequest, GeneratorAid } from '../../domain/engine.ts'
import type { FluxModel } from '../../domain/flux-painting.ts'
import type { FluxSettings } from '../../domain/flux-settings.ts'
import type { Size } from '../../domain/geometry.ts'
import type { CallContext } from '../../domain/progress.ts'

/** Longest edge of a reference: models look at a megapixel at most. */
const REFERENCE_EDGE = 1448
/** Edge of a close view of the face, px, at the strengths from which it is shown to the strongest. */
const CLOSE_EDGES = { least: 384, most: 1024 }
const CLOSE_FROM = 0.5

export interface FluxPhotos {
  /** What the model looks at. */
  readonly references: readonly string[]
  /** The first reference in the frame of the purpose, at the size that is painted: what it starts from. */
  readonly framed: string
  /** How many of the references it is shown, or starts from. */
  readonly seen: number
}

interface Shown {
  readonly request: GenerateRequest
  readonly model: FluxModel
  readonly size: Size
  readonly settings: FluxSettings
  readonly aid: GeneratorAid
}

/**
 * What a model is shown of the references. The first is framed as the portrait is to be, since models keep the framing of
 * what they look at; the others come whole; last, where the references are to weigh more, a close view of the face.
 */
export async function fluxPhotos(
  { request, model, size, settings, aid }: Shown,
  context: CallContext
): Promise<FluxPhotos> {
  const { references, parameters, outputFolder } = request
  const { purpose } = parameters
  const at = (name: string) => join(outputFolder, `shown-${request.seed}-${name}.jpg`)
  const [first, ...others] = references
  const framed = at('framed')
  if (!first) return { references: [], framed, seen: 0 }
  await aid.frameReference({ reference: first, shows: 'frame', purpose, size, outputPath: framed }, context)
  const strength = settings['reference.strength']
  const closeUp = model.mostReferences > 1 && strength > CLOSE_FROM
  const room = model.mostReferences - 1 - (closeUp ? 1 : 0)
  const shown = model.mostReferences > 0 ? [framed] : []
  const further = others.slice(0, Math.max(0, room))
  for (const [index, reference] of further.entries()) {
    const outputPath = at(`${index + 2}`)
    await aid.cropReference({ reference, longEdge: REFERENCE_EDGE, outputPath }, context)
    shown.push(outputPath)
  }
  if (closeUp) {
    const share = (strength - CLOSE_FROM) / (1 - CLOSE_FROM)
    const edge = 16 * Math.round((CLOSE_EDGES.least + share * (CLOSE_EDGES.most - CLOSE_EDGES.least)) / 16)
    const outputPath = at('face')
    const close = { reference: first, shows: 'face', purpose, size: { width: edge, height: edge }, outputPath } as const
    await aid.frameReference(close, context)
    shown.push(outputPath)
  }
  return { references: shown, framed, seen: 1 + further.length }
}

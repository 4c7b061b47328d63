import type { EngineDescription } from '../engine.ts'
import { backdropOf } from '../parameters/parameters.ts'

/**
 * How a picture came to be, in the terms of IPTC (NewsCodes scheme digitalsourcetype, definitions as of 2024-09-17,
 * https://cv.iptc.org/newscodes/digitalsourcetype/):
 *
 * - trainedAlgorithmicMedia: created using generative AI. Every pixel of a generative engine is painted anew.
 * - compositeCapture: composite of elements that are all captures of real life. The person before a photographed place.
 * - composite: composite of elements of any kind. The person before a drawn studio backdrop, or before a
 *   picture of the photographer's own, whose origin is not known.
 * - algorithmicallyEnhanced: altered by an algorithm without a change of what it shows. The person before their own
 *   background, out of focus.
 *
 * compositeSynthetic and compositeWithTrainedAlgorithmicMedia both say that generative AI made a part, so neither fits
 * the built-in engine, which generates nothing.
 */
export const DIGITAL_SOURCE_TYPES = {
  trainedAlgorithmicMedia: 'Created using generative AI',
  compositeCapture: 'Composite of captured elements',
  composite: 'Composite of elements',
  algorithmicallyEnhanced: 'Algorithmically altered'
} as const
export type DigitalSourceType = keyof typeof DIGITAL_SOURCE_TYPES

/** As IPTC Photo Metadata 2023.1 wants it in `Iptc4xmpExt:DigitalSourceType`: http, not https. */
export function digitalSourceTypeUri(type: DigitalSourceType): string {
  return `http://cv.iptc.org/newscodes/digitalsourcetype/${type}`
}

/** The term for a picture that an engine of this kind made before this background. */
export function digitalSourceTypeOf(kind: EngineDescription['kind'], background: string): DigitalSourceType {
  if (kind !== 'photographic') return 'trainedAlgorithmicMedia'
  switch (backdropOf(background)?.kind) {
    case 'place':
      return 'compositeCapture'
    case 'original':
      return 'algorithmicallyEnhanced'
    case 'plain':
    case 'gradient':
    case 'canvas':
    case 'own':
    case undefined:
      return 'composite'
  }
}

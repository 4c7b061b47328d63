import { say } from '../../domain/sentences/say.ts'
import type { Question } from './row.ts'
import { decided } from './row.ts'
import type { Measurement, Scene } from './scene.ts'
import type { SkinTone } from './skin-tone.ts'

/**
 * L* that 90 % of the face's skin stays below. The bright parts of a well exposed face, forehead, cheekbones, bridge of
 * the nose, are light on dark skin too, and they do not darken when the light comes from one side.
 */
export const exposure: Measurement = {
  question: { id: 'exposure', question: say('asks-exposure'), unit: 'L*' },
  measure(scene) {
    const value = scene.subject.tone.bright
    return decided(this.question, {
      value,
      band: { min: 45, max: 95 },
      ideal: 74,
      note: value < 45 ? say('face-too-dark') : value > 95 ? say('face-too-light') : undefined,
      regions: faceRegion(scene)
    })
  }
}

export const highlightClipping: Measurement = {
  question: { id: 'highlight-clipping', question: say('asks-highlight-clipping'), unit: '%' },
  measure: (scene) => clipping(scene, HIGHLIGHTS, 2, (tone) => tone.blown)
}

export const shadowClipping: Measurement = {
  question: { id: 'shadow-clipping', question: say('asks-shadow-clipping'), unit: '%' },
  measure: (scene) => clipping(scene, SHADOWS, 3, (tone) => tone.blocked)
}

const HIGHLIGHTS: Question = highlightClipping.question
const SHADOWS: Question = shadowClipping.question

/**
 * With more of the skin than this lost in the photo, %, toning down what is left shows as a patch without features; less
 * is a highlight or a fold.
 */
const BEYOND_HELP = 12

/**
 * What the photo has lost stays lost, however it is toned: where that is a large part of the face it counts for the
 * picture too.
 *
 * @param most share of the skin that may be lost, %
 */
function clipping(scene: Scene, question: Question, most: number, share: (tone: SkinTone) => number) {
  const shown = 100 * share(scene.subject.tone)
  const lost = 100 * Math.min(...scene.references.map((reference) => share(reference.tone)))
  const inPhoto = scene.request.generatorKind === 'photographic' && lost > BEYOND_HELP
  const value = inPhoto ? Math.max(shown, lost) : shown
  const note = value > most && lost > most ? say('lost-in-photo') : undefined
  return decided(question, { value, band: { max: most }, ideal: 0, note, inPhoto, regions: faceRegion(scene) })
}

const faceRegion = ({ subject }: Scene) => [{ shape: 'box', label: 'face', box: subject.face.box }] as const

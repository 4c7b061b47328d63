import { StudioError } from '../../domain/errors.ts'
import { MINIMUM_FACE_WIDTH } from '../../domain/photo.ts'
import { say } from '../../domain/sentences/say.ts'
import type { AnalysedFace } from './face.ts'
import { summariseFace } from './face-summary.ts'

/**
 * The person a portrait is made of. Without a choice the only face that is large enough is meant: people far in the
 * background do not have to be chosen against.
 *
 * @param choice index among `faces`, or null where the photographer chose none
 * @param scale pixels of the picture the faces were found in per pixel of the original photo
 * @throws StudioError `face-none`, `face-several`, `face-too-small`, `face-choice-invalid`
 */
export function chooseFace(faces: readonly AnalysedFace[], choice: number | null, scale = 1): AnalysedFace {
  if (faces.length === 0) throw new StudioError('face-none', say('error-no-face'))
  const isUsable = (face: AnalysedFace) => face.box.width >= MINIMUM_FACE_WIDTH * scale
  if (choice !== null) return chosenFace(faces, choice, scale, isUsable)
  const usable = faces.filter(isUsable)
  const [only, another] = usable
  if (!only) throw tooSmall(faces, scale)
  if (!another) return only
  throw new StudioError('face-several', say('error-faces', { count: usable.length }), {
    hint: say('hint-choose-numbered', { faces: usable.map(({ index }) => index + 1).join(', ') }),
    details: { faces: listed(usable, scale) }
  })
}

function chosenFace(
  faces: readonly AnalysedFace[],
  choice: number,
  scale: number,
  isUsable: (face: AnalysedFace) => boolean
): AnalysedFace {
  const chosen = faces[choice]
  if (!chosen) {
    throw new StudioError('face-choice-invalid', say('error-no-such-face', { number: choice + 1 }), {
      hint: say('hint-choose-of', { faces: faces.map(({ index }) => index + 1).join(', ') }),
      details: { choice, faces: listed(faces, scale) }
    })
  }
  if (!isUsable(chosen)) throw tooSmall([chosen], scale)
  return chosen
}

function tooSmall(faces: readonly AnalysedFace[], scale: number): StudioError {
  const width = Math.round(Math.max(...faces.map((face) => face.box.width)) / scale)
  return new StudioError('face-too-small', say('error-face-small', { pixels: width, min: MINIMUM_FACE_WIDTH }), {
    details: { width, minimum: MINIMUM_FACE_WIDTH, faces: listed(faces, scale) }
  })
}

const listed = (faces: readonly AnalysedFace[], scale: number) => faces.map((face) => summariseFace(face, scale))

import type { Criterion } from '../../domain/criterion.ts'
import type { DeliveryProfile } from '../../domain/delivery-profile.ts'
import type { MeasureRequest } from '../../domain/engine.ts'
import type { Size } from '../../domain/geometry.ts'
import type { BackdropFile } from '../backdrop/backdrop-file.ts'
import type { ExpressionReading } from '../faces/expression.ts'
import type { Eyes } from '../faces/eyes.ts'
import type { AnalysedFace } from '../faces/face.ts'
import type { HeadExtent } from '../faces/head.ts'
import type { Raster } from '../pixels/raster.ts'
import type { BackgroundGrid } from './background-grid.ts'
import type { ClassMap } from './class-map.ts'
import type { Surroundings } from './old-background.ts'
import type { Question } from './row.ts'
import type { SkinTone } from './skin-tone.ts'

/** What is read from one face, in the picture as in a reference. */
export interface FaceReading {
  readonly face: AnalysedFace
  readonly eyes: Eyes
  readonly expression: ExpressionReading
  readonly embedding: Float32Array
  /** 0..1, see `faceSharpness`. */
  readonly sharpness: number
  /** Standard deviation of L*, see `faceNoise`. */
  readonly noise: number
  readonly tone: SkinTone
}

/** A reference photo, kept small. */
export interface ReferenceReading extends FaceReading {
  readonly surroundings: Surroundings
}

/** The picture to judge, decoded for measuring. */
export interface Picture {
  /** At most `OVERVIEW_LONG_EDGE` on the longer edge. */
  readonly raster: Raster
  readonly original: Size
  /** Raster pixels per pixel of the original. */
  readonly scale: number
}

/** The person in the picture. */
export interface Subject extends FaceReading {
  readonly classes: ClassMap
  readonly head: HeadExtent
  readonly background: BackgroundGrid
}

/** Everything a measurement may look at. */
export interface Scene {
  readonly request: MeasureRequest
  readonly profile: DeliveryProfile
  readonly picture: Picture
  readonly faces: readonly AnalysedFace[]
  readonly subject: Subject
  readonly references: readonly ReferenceReading[]
  /** The backdrop of the photographer's own that was to stand behind the person. */
  readonly backdrop: BackdropFile | null
}

/** One criterion that is measured on the person. */
export interface Measurement {
  readonly question: Question
  measure(scene: Scene): Criterion
}

import { z } from 'zod'
import { type Brief, briefSchema, settingValueSchema } from './brief.ts'
import type { MeasurePrompt } from './briefing/prompt-length.ts'
import type { Criterion } from './criterion.ts'
import type { ExportedPicture, ExportPictureRequest } from './delivery/export-picture.ts'
import type { DeliveryProfile } from './delivery-profile.ts'
import { type Size, sizeSchema } from './geometry.ts'
import type { Job } from './job.ts'
import type { Judgement } from './judgement.ts'
import type { Preference } from './judging/preference.ts'
import { parametersSchema } from './parameters/parameters.ts'
import { PURPOSE_IDS } from './parameters/purpose.ts'
import type { PhotoInspection } from './photo.ts'
import type { CallContext } from './progress.ts'
import type { Report } from './report.ts'

/** The image generator that comes with the studio, as jobs and settings name it. */
export const RETOUCH_ENGINE = 'retouch'

/** Who did a piece of work: stored with it, so that a ledger stays readable after an update. */
export const engineIdentitySchema = z.object({ engine: z.string(), version: z.string() })
export type EngineIdentity = z.infer<typeof engineIdentitySchema>

/** A part of the order an engine says it does not carry out; it appears in the ledger as not attempted. */
export const limitationSchema = z.object({ parameter: z.string(), reason: z.string() })
export type Limitation = z.infer<typeof limitationSchema>

/** What an engine is and can do, as shown where engines are chosen. */
export const engineDescriptionSchema = engineIdentitySchema.extend({
  label: z.string(),
  /** photographic keeps the person's real pixels; generative paints every pixel anew. */
  kind: z.enum(['photographic', 'generative', 'rules', 'language-model']),
  abilities: z.array(z.string()),
  /** Named settings a brief may change, as they are where it does not; those that repairs know of. */
  settings: z.record(z.string(), settingValueSchema).optional(),
  /** Why this one was chosen, in words. */
  reason: z.string(),
  /** What its models run on, in words, e.g. "onnxruntime 1.30.0, cpu, 4 threads"; for `doctor`. */
  runsOn: z.string().optional(),
  /** Why it can do nothing now, in words, e.g. that no model is installed; nobody gets it who does not name it. */
  unavailable: z.string().optional()
})
export type EngineDescription = z.infer<typeof engineDescriptionSchema>

/** A reference photo on this machine's disk, with the person chosen in it. */
export const localReferenceSchema = z.object({ path: z.string(), face: z.int().nonnegative().nullable() })
export type LocalReference = z.infer<typeof localReferenceSchema>

/** A picture an engine has just made, as a file on this machine's disk. */
export const madePictureSchema = z.object({
  path: z.string(),
  mediaType: z.string(),
  size: sizeSchema,
  /** Pixels of the source photo behind one pixel of this picture at the face, linear; below 1 the detail is interpolated. Null when generated. */
  sourceDetail: z.number().positive().nullable(),
  limitations: z.array(limitationSchema),
  /** Said to the photographer. */
  notes: z.array(z.string())
})
export type MadePicture = z.infer<typeof madePictureSchema>

export const generateRequestSchema = z.object({
  references: z.array(localReferenceSchema).min(1),
  parameters: parametersSchema,
  /** What stands behind the person where the background is `own_backdrop`: a file on this machine's disk. */
  backdropPath: z.string().optional(),
  brief: briefSchema,
  seed: z.int().nonnegative(),
  /** Pixels of the longer edge. */
  longEdge: z.int().positive(),
  /** A folder the engine may write to; the picture it returns lies in it. */
  outputFolder: z.string()
})
export type GenerateRequest = z.infer<typeof generateRequestSchema>

export const finishRequestSchema = generateRequestSchema.extend({
  /** The attempt that is delivered, as a local file. */
  attemptPath: z.string()
})
export type FinishRequest = z.infer<typeof finishRequestSchema>

export const measureRequestSchema = z.object({
  references: z.array(localReferenceSchema).min(1),
  /** The picture to judge. */
  path: z.string(),
  parameters: parametersSchema,
  backdropPath: z.string().optional(),
  /** What it was asked to be, in pixels. */
  expectedSize: sizeSchema,
  generatorKind: z.enum(['photographic', 'generative']),
  sourceDetail: z.number().positive().nullable(),
  limitations: z.array(limitationSchema)
})
export type MeasureRequest = z.infer<typeof measureRequestSchema>

export const previewRequestSchema = z.object({
  path: z.string(),
  /** Pixels of the longer edge; a smaller picture is not enlarged. */
  longEdge: z.int().positive(),
  /** Where the sRGB JPEG is written. */
  outputPath: z.string()
})
export type PreviewRequest = z.infer<typeof previewRequestSchema>

export const cropReferenceRequestSchema = z.object({
  reference: localReferenceSchema,
  /** Pixels of the longer edge at most. */
  longEdge: z.int().positive(),
  /** Where the sRGB JPEG is written. */
  outputPath: z.string()
})
export type CropReferenceRequest = z.infer<typeof cropReferenceRequestSchema>

export const frameReferenceRequestSchema = z.object({
  reference: localReferenceSchema,
  /** What the purpose's frame shows of the person, or the face alone. */
  shows: z.enum(['frame', 'face']),
  purpose: z.enum(PURPOSE_IDS),
  size: sizeSchema,
  /** Where the sRGB JPEG is written. */
  outputPath: z.string()
})
export type FrameReferenceRequest = z.infer<typeof frameReferenceRequestSchema>

export const frameRequestSchema = z.object({
  /** A picture that a generator made, of any size. */
  path: z.string(),
  size: sizeSchema,
  /** Bits per channel that are written at most; left out, 16. */
  mostBits: z.literal([8, 16]).optional(),
  /** Where the sRGB PNG is written. */
  outputPath: z.string()
})
export type FrameRequest = z.infer<typeof frameRequestSchema>

export const sideBySideRequestSchema = z.object({
  /** From left to right. */
  paths: z.array(z.string()).min(1),
  /** Pixels of each picture's longer edge at most; none is enlarged. */
  longEdge: z.int().positive(),
  /** Where the sRGB JPEG is written. */
  outputPath: z.string()
})
export type SideBySideRequest = z.infer<typeof sideBySideRequestSchema>

/** Longest edge of a swatch, px. */
export const SWATCH_LONG_EDGE = 320

export const swatchRequestSchema = z.object({
  reference: localReferenceSchema,
  /** Purpose gives the crop, background and lighting the place and the light, vibe and mood the grade. */
  parameters: parametersSchema,
  backdropPath: z.string().optional(),
  /** As in a brief: settings that differ from the engine's defaults. */
  settings: briefSchema.shape.settings,
  /** The same seed shows the same view of the place as the attempt of that seed. */
  seed: z.int().nonnegative(),
  /** Pixels of the longer edge. */
  longEdge: z.int().positive().max(SWATCH_LONG_EDGE),
  /** Where the sRGB JPEG is written. */
  outputPath: z.string()
})
export type SwatchRequest = z.infer<typeof swatchRequestSchema>

/** Looks at photos and pictures and measures them. Built in; needs no weights beyond the built-in models. */
export interface Examiner {
  describe(): Promise<EngineDescription>
  /** @throws StudioError with the code of what is wrong with the file. A photo without a face is not an error here. */
  inspect(path: string, context: CallContext): Promise<PhotoInspection>
  measure(request: MeasureRequest, context: CallContext): Promise<Criterion[]>
  /** Writes a small upright copy for lists and reports; resolves to its size. */
  preview(request: PreviewRequest, context: CallContext): Promise<Size>
}

/** Writes stored pictures as files for delivery. Runs beside the engines, so that an export never waits for a portrait. */
export interface Exporter {
  /** @throws StudioError of the picture, `disk-full`, `output-unwritable`, `option-invalid`, `cancelled`. */
  export(request: ExportPictureRequest, context: CallContext): Promise<ExportedPicture>
  /** As `Examiner.preview`. */
  preview(request: PreviewRequest, context: CallContext): Promise<Size>
  /** One picture of several, of equal height and with a gap between them, for whoever takes one only. */
  sideBySide(request: SideBySideRequest, context: CallContext): Promise<Size>
}

/** What generators that paint every pixel need of those who know pixels: what to show them, and their pictures in order. */
export interface GeneratorAid {
  /** As `Examiner.inspect` throws, and `face-several`, `face-choice-invalid`. Resolves to the size of the JPEG. */
  cropReference(request: CropReferenceRequest, context: CallContext): Promise<Size>
  /** As `cropReference` throws, and `face-none`, `face-too-small`: whoever is framed must be seen. */
  frameReference(request: FrameReferenceRequest, context: CallContext): Promise<Size>
  /** @throws StudioError `engine-output-invalid` where what was made is no picture. */
  frame(request: FrameRequest, context: CallContext): Promise<Size>
}

/** Makes pictures. Deterministic: the same request with the same engine version makes the same pixels. */
export interface ImageGenerator {
  describe(): Promise<EngineDescription>
  generate(request: GenerateRequest, context: CallContext): Promise<MadePicture>
  /** The delivered size of one attempt: same content, more pixels. */
  finish(request: FinishRequest, context: CallContext): Promise<MadePicture>
  /** How long a prompt is by the tokenizer of its model, where the engine has that; what is beyond it is not read. */
  readonly promptLength?: MeasurePrompt
}

/**
 * Shows a person on places and in lights while a photographer still chooses. What it takes to look at the photo is done
 * for the first swatch; those that follow come in a tenth of a second, each a call of its own, so that any can be
 * cancelled and none keeps a job waiting.
 */
export interface SwatchRenderer {
  /** Resolves to the size of the swatch. @throws StudioError of the photo and its faces, `place-missing` */
  swatch(request: SwatchRequest, context: CallContext): Promise<Size>
}

export interface BriefRequest {
  readonly references: readonly LocalReference[]
  readonly inspections: readonly PhotoInspection[]
  readonly parameters: Job['parameters']
  readonly profile: DeliveryProfile
  readonly generator: EngineDescription
  /** As the generator measures; left out where it cannot. */
  readonly promptLength?: MeasurePrompt
}

export interface VlmJudgeRequest extends BriefRequest {
  readonly path: string
  readonly brief: Brief
  /** What the generator says it did not carry out: in the ledger already, so nobody is asked about it. */
  readonly limitations: readonly Limitation[]
}

/** An attempt that was made and judged. */
export interface Contender {
  readonly path: string
  readonly judgement: Judgement
}

export interface PreferRequest extends BriefRequest {
  /** The best attempt so far. */
  readonly champion: Contender
  /** The one that has just been made. */
  readonly challenger: Contender
}

export interface TuneRequest extends BriefRequest {
  readonly brief: Brief
  readonly judgement: Judgement
  /** Briefs of all attempts so far, oldest first; the last is `brief`. */
  readonly history: readonly Brief[]
  /** Their judgements, in the same order: they tell which repair had an effect. */
  readonly judgements: readonly Judgement[]
}

/** Writes what to make, judges what was made, says what to change. */
export interface VisionLanguageModel {
  describe(): Promise<EngineDescription>
  writeBrief(request: BriefRequest, context: CallContext): Promise<Brief>
  judge(request: VlmJudgeRequest, context: CallContext): Promise<Criterion[]>
  /** Which of two attempts is the better one; never a tie, so that there is always one to deliver. */
  prefer(request: PreferRequest, context: CallContext): Promise<Preference>
  /** The next brief, or null where nothing that the engine can be set to would mend what failed. */
  tune(request: TuneRequest, context: CallContext): Promise<Brief | null>
  report(job: Job, context: CallContext): Promise<Report>
}

/** The engines of one job, resolved when it is claimed. */
export interface EngineSet {
  readonly vlm: VisionLanguageModel
  readonly generator: ImageGenerator
  readonly examiner: Examiner
}

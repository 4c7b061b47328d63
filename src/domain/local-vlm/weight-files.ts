/** Where a model runs, as far as its weights care. */
export type WeightsFor = 'processor' | 'graphics'

/** The three sessions of a vision-language model, by the names that optimum exports them under. */
export const SESSIONS = ['vision_encoder', 'embed_tokens', 'decoder_model_merged'] as const
export type SessionName = (typeof SESSIONS)[number]

/**
 * Suffixes of file names by data type.
 * Source: transformers.js, DEFAULT_DTYPE_SUFFIX_MAPPING in https://github.com/huggingface/transformers.js (utils/dtypes.js)
 */
const SUFFIXES = {
  q4: '_q4',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  bnb4: '_bnb4',
  fp32: '',
  q4f16: '_q4f16',
  fp16: '_fp16'
} as const
export type WeightType = keyof typeof SUFFIXES

/** A processor has no half floats and makes them whole ones, at a cost; graphics cards are fastest with them. */
const ON_PROCESSOR: readonly WeightType[] = ['q4', 'q8', 'int8', 'uint8', 'bnb4', 'fp32', 'q4f16', 'fp16']
const ON_GRAPHICS: readonly WeightType[] = ['q4f16', 'fp16', 'q4', 'fp32', 'q8', 'int8', 'uint8', 'bnb4']

export interface WeightFile {
  /** Without the folder. */
  readonly name: string
  readonly bytes: number
}

export interface ChosenWeights {
  readonly types: Readonly<Record<SessionName, WeightType>>
  /** Of all three, with the data beside them. */
  readonly bytes: number
}

/** The sessions that no file is there for. */
export interface MissingWeights {
  readonly missing: readonly SessionName[]
}

/** Which of the files that a model's folder `onnx` has are best for what the model runs on. */
export function chooseWeights(files: readonly WeightFile[], runsOn: WeightsFor): ChosenWeights | MissingWeights {
  const names = new Set(files.map(({ name }) => name))
  const order = runsOn === 'processor' ? ON_PROCESSOR : ON_GRAPHICS
  const typeOf = (session: SessionName) => order.find((type) => names.has(`${session}${SUFFIXES[type]}.onnx`))
  const [vision, embed, decoder] = SESSIONS.map(typeOf)
  if (vision === undefined || embed === undefined || decoder === undefined) {
    return { missing: SESSIONS.filter((session) => typeOf(session) === undefined) }
  }
  const types = { vision_encoder: vision, embed_tokens: embed, decoder_model_merged: decoder }
  const stems = SESSIONS.map((session) => `${session}${SUFFIXES[types[session]]}.onnx`)
  // `model.onnx`, and beside it `model.onnx_data`, `model.onnx_data_1` and so on.
  const belongs = ({ name }: WeightFile) => stems.some((stem) => name === stem || name.startsWith(`${stem}_data`))
  return { types, bytes: files.filter(belongs).reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** Whether a weight of this type takes twice its size on a processor, as a whole float. */
export const growsOnProcessor = (type: WeightType) => type === 'fp16' || type === 'q4f16'

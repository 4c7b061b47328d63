/** The models that come with the studio; each is `models/<id>.onnx` in the resources folder. */
export const BUILT_IN_MODELS = [
  'face-detection',
  'face-landmarks',
  'eye-contours',
  'face-identity',
  'face-expression',
  'person-parsing'
] as const
export type BuiltInModel = (typeof BUILT_IN_MODELS)[number]

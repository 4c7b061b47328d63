import type { ErrorCode } from '../../domain/errors.ts'

/** What scripts rely on. Documented in the README. */
export const EXIT = { delivered: 0, notDelivered: 1, badInput: 2 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

const BAD_INPUT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'file-missing',
  'file-unreadable',
  'file-empty',
  'file-unsupported',
  'image-damaged',
  'image-too-large',
  'image-too-small',
  'photo-unsuitable',
  'face-none',
  'face-several',
  'face-too-small',
  'face-choice-invalid',
  'parameters-invalid',
  'option-invalid',
  'environment-invalid',
  'engine-unknown',
  'output-unwritable',
  'job-missing',
  'job-state',
  'picks-unreadable',
  'model-unknown',
  'model-not-installed',
  'model-licence',
  'model-unfit',
  'model-folder-unfit'
])

export function exitCodeOf(code: ErrorCode): ExitCode {
  return BAD_INPUT.has(code) ? EXIT.badInput : EXIT.notDelivered
}

/** Of several photos: 0 when all were delivered, 2 when every one was bad input, else 1. */
export function combineExitCodes(codes: readonly ExitCode[]): ExitCode {
  if (codes.every((code) => code === EXIT.delivered)) return EXIT.delivered
  return codes.every((code) => code === EXIT.badInput) ? EXIT.badInput : EXIT.notDelivered
}

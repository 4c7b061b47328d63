import picomatch from 'picomatch'
import { StudioError } from '../../domain/errors.ts'
import type { CatalogueModel } from '../../domain/models/catalogue-model.ts'

type Patterns = Pick<CatalogueModel, 'name' | 'files' | 'optionalFiles'>

/** Patterns that match no file although they must. */
export function missingPatterns({ files: patterns }: Patterns, paths: readonly string[]): string[] {
  return patterns.filter((pattern) => {
    const matches = picomatch(pattern)
    return !paths.some((path) => matches(path))
  })
}

/**
 * Those of the files that belong to a model.
 * @throws StudioError `model-withdrawn` where one that it needs is not among them.
 */
export function chooseFiles<F extends { readonly path: string }>(model: Patterns, files: readonly F[]): F[] {
  const missing = missingPatterns(
    model,
    files.map(({ path }) => path)
  )
  if (missing.length > 0) {
    throw new StudioError('model-withdrawn', `The hub’s folder of ${model.name} has no ${missing.join(', ')}.`)
  }
  const belongs = picomatch([...model.files, ...model.optionalFiles])
  return files.filter(({ path }) => belongs(path))
}

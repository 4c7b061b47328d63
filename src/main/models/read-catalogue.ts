import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError, toStudioError } from '../../domain/errors.ts'
import { type CatalogueModel, modelCatalogueSchema } from '../../domain/models/catalogue-model.ts'

const CATALOGUE = 'model-catalogue.json'

/**
 * The models that can be installed: those the studio comes with, and those of a file of the same kind and name in the
 * user's own folder of models, which go before.
 * @throws StudioError `model-catalogue-damaged`.
 */
export async function readCatalogue(resources: string, ownFolder: string): Promise<CatalogueModel[]> {
  const own = await readOne(join(ownFolder, CATALOGUE))
  const supplied = (await readOne(join(resources, CATALOGUE))) ?? []
  const ids = new Set(own?.map(({ id }) => id))
  return [...(own ?? []), ...supplied.filter(({ id }) => !ids.has(id))]
}

async function readOne(path: string): Promise<CatalogueModel[] | null> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (thrown) {
    if (toStudioError(thrown).code === 'file-missing') return null
    throw thrown
  }
  try {
    return modelCatalogueSchema.parse(JSON.parse(text)).models
  } catch (cause) {
    throw new StudioError('model-catalogue-damaged', `The catalogue of models at ${path} cannot be understood.`, {
      cause
    })
  }
}

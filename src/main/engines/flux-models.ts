import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { toStudioError } from '../../domain/errors.ts'

/** A FLUX model in the data folder. */
export interface InstalledFlux {
  readonly id: string
  readonly folder: string
  /** Of all its files. */
  readonly bytes: number
}

/** Any of these tells that a folder holds a FLUX model; which, its engine finds out. */
const MARKS = ['transformer.onnx', join('transformer', 'model.onnx'), join('onnx', 'transformer.onnx')]
/** Those that keep a person by looking at photos come first. */
const PREFERRED = [/klein/, /kontext/, /dev/, /schnell/]

/** The FLUX models that are installed, the preferred one first. @param root `<data folder>/models` */
export async function installedFlux(root: string): Promise<InstalledFlux[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch((thrown: unknown) => {
    if (toStudioError(thrown).code === 'file-missing') return []
    throw thrown
  })
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  const found = await Promise.all(folders.map(({ name }) => lookAt(name, join(root, name))))
  const rank = ({ id }: InstalledFlux) => {
    const at = PREFERRED.findIndex((kind) => kind.test(id))
    return at === -1 ? PREFERRED.length : at
  }
  return found.flatMap((model) => model ?? []).sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id))
}

async function lookAt(id: string, folder: string): Promise<InstalledFlux | null> {
  const marks = await Promise.all(MARKS.map((mark) => sizeOf(join(folder, mark))))
  if (marks.every((size) => size === 0)) return null
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = await Promise.all(
    files.filter((file) => file.isFile()).map(({ parentPath, name }) => sizeOf(join(parentPath, name)))
  )
  return { id, folder, bytes: sizes.reduce((sum, size) => sum + size, 0) }
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    (facts) => facts.size,
    () => 0
  )
}

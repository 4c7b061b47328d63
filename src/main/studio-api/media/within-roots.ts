import { realpath } from 'node:fs/promises'
import { isAbsolute, relative, sep } from 'node:path'

/** Whether a file lies below one of these folders, links resolved. */
export async function isWithinRoots(path: string, roots: readonly string[]): Promise<boolean> {
  const real = await realpath(path)
  const found = await Promise.all(
    roots.map(async (root) => {
      const inside = relative(await realpath(root).catch(() => root), real)
      return inside !== '' && !isAbsolute(inside) && inside.split(sep)[0] !== '..'
    })
  )
  return found.includes(true)
}

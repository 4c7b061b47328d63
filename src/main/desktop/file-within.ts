import { isAbsolute, join, relative, sep } from 'node:path'

/** The file in `folder` that the path of a URL stands for, or null where it would be outside; `/` is its index page. */
export function fileWithin(folder: string, path: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return null
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null
  const file = join(folder, decoded === '/' ? 'index.html' : decoded)
  const within = relative(folder, file)
  const leaves = within === '' || within === '..' || within.startsWith(`..${sep}`) || isAbsolute(within)
  return leaves ? null : file
}

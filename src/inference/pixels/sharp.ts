import { createRequire } from 'node:module'
import type Sharp from 'sharp'

// Not named `require`: the build puts one of that name into every module that has none of its own.
const requireHere = createRequire(import.meta.url)

/**
 * The only place that picks a build of sharp. Its native Linux build shares a process badly with Electron's GLib
 * (https://sharp.pixelplumbing.com/install#electron-and-linux), so Electron on Linux gets the WebAssembly build;
 * plain Node, macOS and Windows get the native one.
 */
if (needsWebAssembly(process.versions, process.platform)) standInForNative()

export const sharp: typeof Sharp = requireHere('sharp')
// libvips remembers decoded files by their path, and would hand out the old picture after a file was written anew.
sharp.cache(false)

export type { Metadata, Sharp } from 'sharp'

export function needsWebAssembly(versions: Readonly<Record<string, string | undefined>>, platform: string): boolean {
  return platform === 'linux' && versions.electron !== undefined
}

/** sharp takes the first native binary that resolves; the module cache is made to answer with the WebAssembly one. */
function standInForNative(): void {
  const requireOfSharp = createRequire(requireHere.resolve('sharp'))
  const wasm = requireOfSharp.resolve('@img/sharp-wasm32/sharp.node')
  requireOfSharp(wasm)
  for (const libc of ['linux', 'linuxmusl']) {
    const native = resolveOptional(requireOfSharp, `@img/sharp-${libc}-${process.arch}/sharp.node`)
    const loaded = requireOfSharp.cache[wasm]
    if (native !== null && loaded !== undefined) requireOfSharp.cache[native] = loaded
  }
}

function resolveOptional(from: NodeJS.Require, name: string): string | null {
  try {
    return from.resolve(name)
  } catch {
    return null // Not installed here: sharp then falls back to the WebAssembly build by itself.
  }
}

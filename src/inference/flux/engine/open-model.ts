import { openFluxLayout } from '../layout/flux-layout.ts'
import { OpenParts } from './open-parts.ts'

/** The model that is open, if any. */
let open: { readonly folder: string; readonly parts: OpenParts } | undefined

/** The model of a folder; another one gives its memory back. @throws StudioError of `openFluxLayout` */
export async function openModel(folder: string): Promise<OpenParts> {
  if (open?.folder === folder) return open.parts
  await open?.parts.release()
  open = undefined
  const parts = new OpenParts(await openFluxLayout(folder))
  open = { folder, parts }
  return parts
}

import { z } from 'zod'

/** What Windows forbids in names (https://learn.microsoft.com/windows/win32/fileio/naming-a-file), so that a model can be carried there. */
const FORBIDDEN = /[<>:"|?*\\]/
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i
const FIRST_PRINTABLE = 0x20

/** A path within a model's folder, with `/` between its parts; one that leads out of the folder is refused. */
export const modelPathSchema = z
  .string()
  .min(1)
  .max(400)
  .refine(
    (path) =>
      path
        .split('/')
        .every(
          (part) =>
            part !== '' &&
            !/[. ]$/.test(part) &&
            !FORBIDDEN.test(part) &&
            !RESERVED.test(part) &&
            [...part].every((letter) => (letter.codePointAt(0) ?? 0) >= FIRST_PRINTABLE)
        ),
    'is no path within a folder'
  )

/** How the content of a file is known: large files by their SHA-256, small ones by the SHA-1 that Git gives a blob. */
export const fileDigestSchema = z.discriminatedUnion('algorithm', [
  z.object({ algorithm: z.literal('sha256'), hex: z.string().regex(/^[\da-f]{64}$/) }),
  z.object({ algorithm: z.literal('git-blob-sha1'), hex: z.string().regex(/^[\da-f]{40}$/) })
])
export type FileDigest = z.infer<typeof fileDigestSchema>

export const modelFileSchema = z.object({
  path: modelPathSchema,
  bytes: z.int().nonnegative(),
  digest: fileDigestSchema
})
export type ModelFile = z.infer<typeof modelFileSchema>

import { execFileSync } from 'node:child_process'
import { z } from 'zod'

/** ExifTool knows every format and shares no code with what writes them; Debian: libimage-exiftool-perl. */
export const HAS_EXIFTOOL = (() => {
  try {
    execFileSync('exiftool', ['-ver'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

const outputSchema = z.tuple([z.record(z.string(), z.unknown())])

/** Everything a file says, as `Group:Tag`, values as they are stored. */
export function readWithExiftool(path: string): Record<string, unknown> {
  const args = ['-json', '-G1', '-n', '-struct', path]
  return outputSchema.parse(JSON.parse(execFileSync('exiftool', args, { encoding: 'utf8' })))[0]
}

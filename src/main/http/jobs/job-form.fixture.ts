import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export const SAMPLE = fileURLToPath(new URL('../../../../resources/sample/eileen-collins.jpg', import.meta.url))

/** The same picture as another file: what follows its end is not looked at. */
export async function photo(mark = ''): Promise<File> {
  return new File([await readFile(SAMPLE), mark], 'eileen.jpg', { type: 'image/jpeg' })
}

export interface FormParts {
  readonly photos?: readonly File[]
  readonly parameters?: string
  readonly fields?: Readonly<Record<string, string>>
}

export async function jobForm({ photos, parameters = '{}', fields = {} }: FormParts = {}): Promise<FormData> {
  const form = new FormData()
  for (const each of photos ?? [await photo()]) form.append('image_file', each)
  form.append('parameters', parameters)
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

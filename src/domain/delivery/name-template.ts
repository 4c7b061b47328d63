import { z } from 'zod'
import { NAMELESS, safeFileName } from './file-name.ts'

/** What a name template may hold in braces, each with what it stands for. */
export const NAME_FIELDS = {
  subject: 'the name of the person, or else of the photo',
  original: 'the name of the photo, without extension',
  purpose: 'what the portrait is for, e.g. resume',
  background: 'the background that was asked for',
  lighting: 'the lighting that was asked for',
  date: 'day the job was made, YYYY-MM-DD',
  time: 'time the job was made, HHMM',
  n: 'number of the picture in this export; {n:3} writes 001',
  kind: 'final, best or attempt-2',
  attempt: 'number of the attempt the picture was made of',
  preset: 'name of the export preset',
  width: 'width in pixels',
  height: 'height in pixels',
  seed: 'seed of the attempt',
  engine: 'engine that made the picture',
  job: 'id of the job'
} as const

export type NameField = keyof typeof NAME_FIELDS
export type NameFields = Readonly<Record<Exclude<NameField, 'n'>, string>> & { readonly n: number }

export const DEFAULT_NAME_TEMPLATE = '{subject}_{purpose}_{date}_{n}'

/** Digits that {n:3} may ask for. */
const MAX_DIGITS = 9
const MAX_LENGTH = 300
/** One field may fill much of the name, never all of it: what follows it, such as the number, must stay. */
const MAX_FIELD_BYTES = 80
const FIELD = /\{([^{}]*)\}/g

function isField(name: string): name is NameField {
  return name in NAME_FIELDS
}

function fieldProblem(inside: string): string | null {
  const [name = '', digits, ...rest] = inside.split(':')
  if (!isField(name)) return `there is no field {${inside}}; there are ${Object.keys(NAME_FIELDS).join(', ')}`
  if (digits === undefined) return null
  const valid = name === 'n' && rest.length === 0 && /^\d$/.test(digits) && digits !== '0'
  return valid ? null : `{${inside}} is not understood; {n:1} to {n:${MAX_DIGITS}} set the digits of the number`
}

/** What is wrong with a template, in words; none when it can be used. */
export function templateProblems(template: string): string[] {
  const problems = [...template.matchAll(FIELD)].flatMap(([, inside = '']) => fieldProblem(inside) ?? [])
  if (/[{}]/.test(template.replace(FIELD, ''))) problems.push('a brace stands alone')
  return problems
}

/**
 * A template for file names, without extension, e.g. `{subject}_{purpose}_{date}_{n}`; what stands before a slash is a
 * folder.
 */
export const nameTemplateSchema = z
  .string()
  .trim()
  .min(1)
  .max(MAX_LENGTH)
  .superRefine((template, context) => {
    for (const message of templateProblems(template)) context.addIssue({ code: 'custom', message })
  })

/**
 * The folders and the file name, without extension, that a template gives: each a safe name on every system, whatever
 * the fields hold. Only the template's own slashes part folders, and none leads upwards.
 *
 * @param digits of {n} where the template does not say
 */
export function renderName(template: string, fields: NameFields, digits = 1): [string, ...string[]] {
  const parts = template.split('/').filter((part) => part !== '' && !/^[.\s]+$/u.test(part))
  const [first = '', ...others] = parts.map((part) =>
    safeFileName(part.replace(FIELD, (_, inside) => fill(inside, fields, digits)))
  )
  return [first === '' ? NAMELESS : first, ...others]
}

function fill(inside: string, fields: NameFields, digits: number): string {
  const [field = '', width] = inside.split(':')
  if (!isField(field)) return ''
  if (field === 'n') return String(fields.n).padStart(width === undefined ? digits : Number(width), '0')
  return fields[field] === '' ? '' : safeFileName(fields[field], MAX_FIELD_BYTES)
}

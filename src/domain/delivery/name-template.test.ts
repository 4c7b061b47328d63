import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeFileName } from './file-name.ts'
import { NAME_FIELDS, type NameFields, nameTemplateSchema, renderName, templateProblems } from './name-template.ts'

const FIELDS: NameFields = {
  subject: 'Anna Müller',
  original: 'IMG_1',
  purpose: 'resume',
  background: 'studio_grey',
  lighting: 'soft',
  date: '2031-05-04',
  time: '0930',
  n: 7,
  kind: 'final',
  attempt: '2',
  preset: 'Web',
  width: '819',
  height: '1024',
  seed: '42',
  engine: 'retouch',
  job: '01J'
}

describe('renderName', () => {
  it.each([
    ['{subject}_{purpose}_{date}_{n}', 'Anna Müller_resume_2031-05-04_7'],
    ['{n:3} {subject}', '007 Anna Müller'],
    ['{kind}-{seed}-{width}x{height}', 'final-42-819x1024'],
    ['plain', 'plain'],
    ['../{job}', '01J'],
    ['/', 'portrait'],
    ['{preset}/{subject}', 'Web / Anna Müller'],
    ['{preset}/../../{n}', 'Web / 7']
  ])('%s gives %s', (template, name) => {
    expect(renderName(template, FIELDS).join(' / ')).toBe(name)
  })

  it('pads the number to what the export needs', () => {
    expect(renderName('{n}', FIELDS, 3)).toEqual(['007'])
    expect(renderName('{n:1}', FIELDS, 3)).toEqual(['7'])
  })

  it('keeps the number behind a subject that is very long', () => {
    const fields = { ...FIELDS, subject: 'n'.repeat(500) }
    expect(renderName('{subject}_{n:3}', fields)[0]).toMatch(/_007$/)
  })

  it('is a path of safe names whatever the fields hold', () => {
    const anyText = fc.string({ unit: 'binary' })
    const fields = fc.record({ ...Object.fromEntries(Object.keys(NAME_FIELDS).map((key) => [key, anyText])) })
    const template = fc
      .array(
        fc.oneof(
          fc.constantFrom(...Object.keys(NAME_FIELDS).map((key) => `{${key}}`)),
          fc.constantFrom('_', '/', '..', ' ')
        )
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fields, template, (values, text) => {
        const names = renderName(text, { ...FIELDS, ...values, n: 3 })
        expect(names.length).toBeLessThanOrEqual(text.split('/').length)
        for (const name of names) {
          expect(name).toBe(safeFileName(name))
          expect(name).not.toMatch(/[/\\\p{Cc}]|^\./u)
          expect(name).not.toBe('')
        }
      })
    )
  })
})

describe('nameTemplateSchema', () => {
  it('takes every field there is', () => {
    const template = Object.keys(NAME_FIELDS)
      .map((field) => `{${field}}`)
      .join('_')
    expect(templateProblems(template)).toEqual([])
  })

  it.each(['{subjet}', '{n:0}', '{n:33}', '{seed:3}', '{subject', 'a}', '{}', ''])('refuses %j', (template) => {
    expect(nameTemplateSchema.safeParse(template).success).toBe(false)
  })

  it('says which fields there are', () => {
    expect(templateProblems('{who}')[0]).toContain('subject')
  })
})

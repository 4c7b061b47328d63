import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelPathSchema } from './model-file.ts'

describe('modelPathSchema', () => {
  it.each(['config.json', 'onnx/model.onnx', 'a/b/c.txt', '.gitattributes', 'tokenizer_2/spiece.model'])(
    'takes %s',
    (path) => expect(modelPathSchema.parse(path)).toBe(path)
  )

  it.each([
    '',
    '/',
    '/etc/passwd',
    '../out',
    'a/../../out',
    'a//b',
    './a',
    'a\\b',
    'C:/x',
    'a/',
    'nul',
    'x/CON.txt',
    'a\u0000b',
    'a ',
    'a/b.'
  ])('refuses %j', (path) => expect(modelPathSchema.safeParse(path).success).toBe(false))

  it('never lets a path out of its folder', () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '', 'a', 'C:', '~'), fc.string({ maxLength: 4 }))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const read = modelPathSchema.safeParse(parts.join('/'))
        if (!read.success) return
        const { pathname } = new URL(encodeURI(`file:///root/${read.data}`))
        expect(pathname.startsWith('/root/')).toBe(true)
        expect(read.data.split('/')).not.toContain('..')
      })
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskAddresses, maskValue } from './mask.ts'

describe('maskAddresses', () => {
  it.each([
    ['mongodb://localhost:27017/', 'mongodb://localhost:27017/'],
    ['mongodb://anna:s3cret@db1:27017,db2:27017/studio', 'mongodb://anna:***@db1:27017,db2:27017/studio'],
    ['mongodb+srv://anna:p@ss/word@db/?w=majority', 'mongodb+srv://anna:***@db/?w=majority'],
    ['mongodb://db/?tlsCertificateKeyFilePassword=x&w=1', 'mongodb://db/?tlsCertificateKeyFilePassword=***&w=1'],
    ['mongodb://db/?appName=anna@home', 'mongodb://db/?appName=anna@home'],
    ['https://flux/?api_key=abc', 'https://flux/?api_key=***'],
    ['connecting to http://u:p@a/ and http://b/ at 10:30', 'connecting to http://u:***@a/ and http://b/ at 10:30']
  ])('%s', (text, masked) => {
    expect(maskAddresses(text)).toBe(masked)
  })

  it('leaves nothing of any password in an address, and the rest as it was', () => {
    const password = fc.string({ minLength: 1 }).map((text) => `<${text.replace(/[\s?"]/g, '_')}>`)
    const scheme = fc.constantFrom('mongodb', 'mongodb+srv', 'http', 'https')
    fc.assert(
      fc.property(scheme, password, (name, secret) => {
        expect(maskAddresses(`${name}://anna:${secret}@host:1/path`)).toBe(`${name}://anna:***@host:1/path`)
      })
    )
  })
})

describe('maskValue', () => {
  it('tells not even the length of a secret', () => {
    expect(maskValue('short', 'whole')).toBe(maskValue('a much longer one', 'whole'))
  })
})

import { describe, expect, it } from 'vitest'
import { BACKGROUNDS } from '../parameters/background.ts'
import { digitalSourceTypeOf, digitalSourceTypeUri } from './digital-source-type.ts'

describe('digitalSourceTypeOf', () => {
  it.each([
    ['photographic', 'modern_office', 'compositeCapture'],
    ['photographic', 'studio_grey', 'composite'],
    ['photographic', '#ffffff', 'composite'],
    ['photographic', 'on the moon', 'composite'],
    ['photographic', 'original_blurred', 'algorithmicallyEnhanced'],
    ['generative', 'modern_office', 'trainedAlgorithmicMedia'],
    ['generative', 'original_blurred', 'trainedAlgorithmicMedia']
  ] as const)('%s before %s is %s', (kind, background, type) => {
    expect(digitalSourceTypeOf(kind, background)).toBe(type)
  })

  it('never claims generative AI for the built-in engine', () => {
    for (const { id } of BACKGROUNDS) expect(digitalSourceTypeOf('photographic', id)).not.toMatch(/trained|Synthetic/)
  })

  it('is written as the address of the NewsCode', () => {
    expect(digitalSourceTypeUri('composite')).toBe('http://cv.iptc.org/newscodes/digitalsourcetype/composite')
  })
})

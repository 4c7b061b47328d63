import { describe, expect, it } from 'vitest'
import { itemsOf, parseContactSheet, parseExportPresets } from './delivery-options.ts'

const one = (raw: object) => parseExportPresets(raw)[0]

describe('parseExportPresets', () => {
  it('is a good JPEG where nothing is said', () => {
    expect(one({})).toMatchObject({
      format: 'jpeg',
      quality: 90,
      size: { kind: 'original' },
      metadata: { keep: 'all' }
    })
  })

  it.each([
    ['2048', { kind: 'long-edge', pixels: 2048 }],
    ['1800px', { kind: 'long-edge', pixels: 1800 }],
    ['original', { kind: 'original' }],
    ['13x18cm', { kind: 'print', widthMm: 130, heightMm: 180, pixelsPerInch: 300 }],
    ['89x127mm@240', { kind: 'print', widthMm: 89, heightMm: 127, pixelsPerInch: 240 }],
    ['5x7in', { kind: 'print', widthMm: 127, heightMm: 177.79999999999998, pixelsPerInch: 300 }]
  ])('--size %s', (size, expected) => {
    expect(one({ size })?.size).toEqual(expected)
  })

  it('changes what is named of each preset, and nothing else', () => {
    const presets = parseExportPresets({
      preset: ['web', 'archive'],
      quality: '70',
      copyright: '© Anna',
      recipe: false
    })
    expect(presets.map(({ _id }) => _id)).toEqual(['web', 'archive'])
    expect(presets[0]).toMatchObject({
      quality: 70,
      sharpenFor: 'screen',
      metadata: { keep: 'copyright', copyright: '© Anna', recipe: false }
    })
    expect(presets[1]).toMatchObject({ format: 'tiff', bitsPerChannel: 16, profile: 'display-p3' })
  })

  it.each([
    [{ size: 'huge' }, '13x18cm'],
    [{ preset: ['print'] }, 'print-glossy'],
    [{ format: 'gif' }, 'format'],
    [{ quality: '101' }, 'quality'],
    [{ bits: '12' }, 'bitsPerChannel'],
    [{ name: '{who}' }, 'subject']
  ])('refuses %j, and says what would do', (raw, said) => {
    expect(() => parseExportPresets(raw)).toThrowError(
      expect.objectContaining({ code: 'option-invalid', message: expect.stringContaining(said) })
    )
  })
})

describe('parseContactSheet', () => {
  it('reads grid, paper and captions', () => {
    const options = parseContactSheet({ grid: '3x4', paper: 'letter', landscape: true, captions: 'name,stars' })
    expect(options).toMatchObject({
      columns: 3,
      rows: 4,
      paper: 'letter',
      orientation: 'landscape',
      captions: ['name', 'stars']
    })
  })

  it.each([{ grid: '3' }, { grid: '99x1' }, { paper: 'a9' }, { captions: 'face' }])('refuses %j', (raw) => {
    expect(() => parseContactSheet(raw)).toThrowError(expect.objectContaining({ code: 'option-invalid' }))
  })
})

describe('itemsOf', () => {
  it('is what each job delivered, or the attempts named', () => {
    expect(itemsOf(['a', 'b'], [])).toEqual([
      { jobId: 'a', attempt: null },
      { jobId: 'b', attempt: null }
    ])
    expect(itemsOf(['a'], [1, 3])).toEqual([
      { jobId: 'a', attempt: 1 },
      { jobId: 'a', attempt: 3 }
    ])
  })
})

import { describe, expect, it } from 'vitest'
import type { CatalogueModel } from './catalogue-model.ts'
import { fitOf, type Machine } from './model-fit.ts'

const GIB = 1024 ** 3
const model = {
  role: 'generator',
  bytes: 8 * GIB,
  memory: { least: 7 * GIB, whole: 13 * GIB }
} as CatalogueModel
const machine: Machine = { memory: 32 * GIB, freeDisk: 100 * GIB, gpu: null, unifiedMemory: false }
const card = (memory: number) => ({ name: 'a card', memory })

describe('fitOf', () => {
  it.each([
    ['no graphics card is known', {}, 0, 'slow'],
    ['a graphics card holds it', { gpu: card(8 * GIB) }, 0, 'fits'],
    ['the graphics card is too small, the machine is not', { gpu: card(4 * GIB) }, 0, 'slow'],
    ['graphics share the memory', { unifiedMemory: true }, 0, 'fits'],
    ['graphics share a memory that is too small', { unifiedMemory: true, memory: 8 * GIB }, 0, 'memory-short'],
    ['just what is wanted beside the system', { memory: 9 * GIB }, 0, 'slow'],
    ['one byte less than that', { memory: 9 * GIB - 1 }, 0, 'memory-short'],
    ['little memory and a card that holds it', { memory: 4 * GIB, gpu: card(8 * GIB) }, 0, 'fits'],
    ['a full drive', { freeDisk: 9 * GIB - 1 }, 0, 'disk-short'],
    ['a drive that is just large enough', { freeDisk: 9 * GIB, gpu: card(8 * GIB) }, 0, 'fits'],
    ['a full drive, with half of it there', { freeDisk: 5 * GIB, gpu: card(8 * GIB) }, 4 * GIB, 'fits'],
    ['a full drive, with all of it there', { freeDisk: 0, gpu: card(8 * GIB) }, 8 * GIB, 'fits']
  ] as const)('%s', (_, change, have, verdict) => {
    expect(fitOf(model, { ...machine, ...change }, have).verdict).toBe(verdict)
  })

  it('holds a vision-language model to work well on the processor', () => {
    expect(fitOf({ ...model, role: 'vlm' }, machine, 0).verdict).toBe('fits')
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { orderSettingsSchema } from '../../../domain/order.ts'
import { OWN_BACKDROP } from '../../../domain/parameters/background.ts'
import { orderedBackdrop, useDraft } from './draft-store.ts'

const HALL = { artifact: 'a'.repeat(64), name: 'hall.hdr', bytes: 4 }

beforeEach(() => useDraft.setState(useDraft.getInitialState()))

describe('the own backdrop of the draft', () => {
  it('is ordered only behind the background that means it', () => {
    expect(orderedBackdrop(useDraft.getState())).toBeNull()
    useDraft.getState().setBackdrop(HALL)
    expect(useDraft.getState().draft.parameters.background).toBe(OWN_BACKDROP)
    expect(orderedBackdrop(useDraft.getState())).toEqual(HALL)
    useDraft.getState().setParameters({ background: 'white' })
    expect(orderedBackdrop(useDraft.getState())).toBeNull()
    useDraft.getState().setParameters({ background: OWN_BACKDROP })
    expect(orderedBackdrop(useDraft.getState())).toEqual(HALL)
  })

  it('is missing from an order taken from a preset or an earlier start', () => {
    useDraft.getState().use(orderSettingsSchema.parse({ parameters: { background: OWN_BACKDROP } }))
    expect(orderedBackdrop(useDraft.getState())).toBe('missing')
  })
})

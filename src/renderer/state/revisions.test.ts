import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withChanges } from './revisions.ts'

const thing = fc.record({ _id: fc.constantFrom('a', 'b', 'c', 'd'), revision: fc.nat(9) })

describe('withChanges', () => {
  it('comes to the same whatever the order and number of times changes are told', () => {
    fc.assert(
      fc.property(fc.array(thing), fc.array(fc.nat()), (changes, picks) => {
        const once = withChanges(new Map(), changes)
        const shuffled = [...changes.toReversed(), ...picks.flatMap((pick) => changes[pick % changes.length] ?? [])]
        const again = shuffled.reduce((known, each) => withChanges(known, [each]), once)
        const revisions = (map: typeof once) => Object.fromEntries([...map].map(([id, { revision }]) => [id, revision]))
        expect(revisions(again)).toEqual(revisions(once))
        for (const { _id, revision } of changes) expect(once.get(_id)?.revision).toBeGreaterThanOrEqual(revision)
      })
    )
  })

  it('is the same map where nothing is new, so that nothing is drawn again', () => {
    const known = withChanges(new Map(), [{ _id: 'a', revision: 2 }])
    expect(withChanges(known, [{ _id: 'a', revision: 1 }], ['b'])).toBe(known)
    expect(withChanges(known, [], ['a']).size).toBe(0)
  })
})

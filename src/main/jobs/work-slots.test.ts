import { describe, expect, it } from 'vitest'
import { signal } from './test-studio.fixture.ts'
import { WorkSlots } from './work-slots.ts'

const forever = new AbortController().signal

function slots(count: number) {
  let told = 0
  const all = new WorkSlots(count, () => {
    told += 1
  })
  const taken = () => {
    const slot = all.take()
    if (!slot) throw new Error('There was no slot.')
    return slot
  }
  return { all, taken, told: () => told }
}

describe('slots', () => {
  it('are no more than there are, and are told when they are free again', () => {
    const { all, taken, told } = slots(2)
    const first = taken()
    taken()
    expect(all.take()).toBeNull()
    first.end()
    first.end()
    expect(told()).toBe(1)
    taken()
    expect(all.take()).toBeNull()
  })

  it('given back unused are not told, which would ask for the same again', () => {
    const { taken, told } = slots(1)
    taken().endUnused()
    expect(told()).toBe(0)
    taken()
  })

  it('are lent while their job waits, and come back before new jobs get one', async () => {
    const { all, taken, told } = slots(1)
    const { give: end, given } = signal()
    const lender = taken()
    let back = false
    const lent = lender
      .lendWhile(() => given, forever)
      .then(() => {
        back = true
      })
    expect(told()).toBe(1)
    const borrower = taken()
    end()
    await Promise.resolve()
    await new Promise(setImmediate)
    expect(back).toBe(false)
    borrower.end()
    expect(told()).toBe(1)
    expect(all.take()).toBeNull()
    await lent
    lender.end()
    expect(told()).toBe(2)
  })

  it('are not waited for by a job that is stopped', async () => {
    const { all, taken } = slots(1)
    const { give: end, given } = signal()
    const stop = new AbortController()
    const lender = taken()
    const lent = lender.lendWhile(() => given, stop.signal)
    const borrower = taken()
    end()
    await new Promise(setImmediate)
    stop.abort()
    await lent
    lender.end()
    expect(all.take()).toBeNull()
    borrower.end()
    expect(all.take()).not.toBeNull()
  })
})

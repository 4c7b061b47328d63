import { expect, it } from 'vitest'
import { QueueLimit } from './queue-limit.ts'

const counts = async () => ({ pending: 1, processing: 0, completed: 0, failed: 0, cancelled: 0 })
const ordered = async () => ({ isRepeated: false })
const full = expect.objectContaining({ code: 'queue-full' })

it('admits as many as there is room for', async () => {
  const queue = new QueueLimit({ counts }, 3)
  await queue.admit(ordered)
  await queue.admit(ordered)
  await expect(queue.admit(ordered)).rejects.toEqual(full)
})

it('keeps no place for an order that is refused or was there already', async () => {
  const queue = new QueueLimit({ counts }, 2)
  const refused = async () => {
    throw new Error('no photo')
  }
  await expect(queue.admit(refused)).rejects.toThrow('no photo')
  await queue.admit(async () => ({ isRepeated: true }))
  await queue.admit(ordered)
  await expect(queue.admit(ordered)).rejects.toEqual(full)
})

it('keeps the place of an order that is on its way', async () => {
  const queue = new QueueLimit({ counts }, 2)
  let arrive: () => void = () => undefined
  const onItsWay = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const first = queue.admit(async () => {
    await onItsWay
    return { isRepeated: false }
  })
  await expect(queue.admit(ordered)).rejects.toEqual(full)
  arrive()
  await first
})

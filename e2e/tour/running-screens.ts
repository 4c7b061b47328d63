import { expect } from '@playwright/test'
import type { Order } from '../../src/contract/studio/job-calls.ts'
import type { Visitor } from './visitor.ts'

/** A job at its steps, and a queue behind it; in the end every job of the tour has been made. */
export async function seeRunning(visitor: Visitor): Promise<void> {
  const { page } = visitor
  const { photos } = await visitor.call('photos.list', {})
  const order = (name: string, rest: Omit<Order, 'photoIds'>): Order => ({
    ...rest,
    photoIds: photos.filter((photo) => photo.name === name).map((photo) => photo._id),
    seed: 7
  })
  const orders = [
    order('iso-25600.jpg', { parameters: { background: 'city' }, strictness: { noise: 'strict' } }),
    order('grace-hopper.jpg', { parameters: { background: 'city', purpose: 'passport_like' } }),
    order('eileen-collins.jpg', { parameters: { background: 'library', purpose: 'resume' } }),
    order('two-officers.jpg', { parameters: { background: 'dark_studio', lighting: 'dramatic' } }),
    order('eileen-collins.jpg', { parameters: { background: 'golden_hour', purpose: 'personal_branding' } })
  ]
  const { jobs, refused } = await visitor.call('jobs.submit', { orders })
  expect(refused).toEqual([])
  const [first] = jobs
  const progress = async () => (await visitor.call('jobs.get', { id: first?._id ?? '' })).status
  await expect.poll(progress, { timeout: 60_000 }).toBe('processing')
  await visitor.call('queue.pause', {})
  await visitor.press('Control+5')
  await expect(page.getByRole('list', { name: 'Queue' }).getByRole('listitem')).toHaveCount(orders.length)
  await visitor.see('queue')
  await visitor.closeLayer()
  await visitor.open('iso-25600.jpg')
  await visitor.see('attempts-running')
  await visitor.showGrid()
  await visitor.see('gallery-running')
  await visitor.call('queue.resume', {})
  for (const { _id } of jobs) await visitor.ended(_id)
}

import { expect } from '@playwright/test'
import type { StudioClient } from '../src/contract/studio/client.ts'
import type { JobDetail } from '../src/contract/studio/job-calls.ts'

/** A photo in the studio, with one of its people chosen; its id. */
export async function photoOf(studio: StudioClient, path: string, face: number): Promise<string> {
  const { accepted, rejected } = await studio.call('photos.import', { sources: [{ kind: 'path', path }] })
  expect(rejected).toEqual([])
  const id = accepted[0]?._id ?? ''
  await studio.call('photos.chooseFace', { id, face })
  return id
}

export async function submit(studio: StudioClient, photoId: string, attempts: number | null = null): Promise<string> {
  const order = { photoIds: [photoId], parameters: { background: 'studio_grey' }, seed: 7, attempts }
  const { jobs, refused } = await studio.call('jobs.submit', { orders: [order] })
  expect(refused).toEqual([])
  return jobs[0]?._id ?? ''
}

/** The job once it has ended. */
export async function ended(studio: StudioClient, id: string): Promise<JobDetail> {
  await expect
    .poll(async () => (await studio.call('jobs.get', { id })).status, { timeout: 240_000, intervals: [500] })
    .toMatch(/completed|failed/)
  return await studio.call('jobs.get', { id })
}

export async function finishedPortrait(studio: StudioClient, photoId: string): Promise<JobDetail> {
  return await ended(studio, await submit(studio, photoId))
}

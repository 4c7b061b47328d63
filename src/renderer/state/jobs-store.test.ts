import { afterEach, describe, expect, it, vi } from 'vitest'
import { sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { createMemoryStudio } from '../testing/memory-studio.fixture.ts'
import { createJobsStore } from './jobs-store.ts'

const FIRST = new Date('2026-01-01T00:00:00Z').getTime()
const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    sampleJob({ _id: `job-${String(index).padStart(5, '0')}`, createdAt: new Date(FIRST + index * 1000) })
  )

afterEach(() => void vi.useRealTimers())

describe('the jobs of a screen', () => {
  it('are read page by page, as far as they are looked at', async () => {
    const studio = createMemoryStudio({ jobs: many(1000) })
    const jobs = createJobsStore(studio)
    await jobs.show({}, {})
    expect(jobs.store.getState().jobs).toHaveLength(200)
    expect(jobs.store.getState().counts?.failed).toBe(1000)
    await Promise.all([jobs.loadTo(450), jobs.loadTo(300)])
    const { jobs: read } = jobs.store.getState()
    expect(read).toHaveLength(600)
    expect(new Set(read.map(({ _id }) => _id)).size).toBe(600)
    expect(read[0]?._id).toBe('job-00999')
    jobs.dispose()
  })

  it('show a change without asking for anything', async () => {
    const studio = createMemoryStudio({ jobs: many(3) })
    const jobs = createJobsStore(studio)
    await jobs.show({}, {})
    const asked = studio.asked.length
    studio.changeJob('job-00001', { rating: { stars: 4, flag: 'pick', label: 'none' } })
    expect(jobs.store.getState().jobs.map(({ rating }) => rating.stars)).toEqual([0, 4, 0])
    studio.changeJob('job-00001', { deletedAt: new Date() })
    expect(jobs.store.getState().jobs.map(({ _id }) => _id)).toEqual(['job-00002', 'job-00000'])
    expect(studio.asked).toHaveLength(asked)
    jobs.dispose()
  })

  it('are read again, once, when changes that only the studio can place have calmed down', async () => {
    vi.useFakeTimers()
    const studio = createMemoryStudio({ jobs: many(3) })
    const jobs = createJobsStore(studio)
    await jobs.show({ text: 'photo' }, {})
    const lists = () => studio.asked.filter(({ name }) => name === 'jobs.list').length
    const before = lists()
    studio.changeJob('job-00001', { status: 'completed' })
    await studio.call('jobs.duplicate', { id: 'job-00001' })
    await studio.call('jobs.duplicate', { id: 'job-00001' })
    expect(lists()).toBe(before)
    await vi.advanceTimersByTimeAsync(1000)
    expect(lists()).toBe(before + 1)
    expect(jobs.store.getState().jobs).toHaveLength(5)
    jobs.dispose()
  })

  it('are read again when a job that cannot be read came back', async () => {
    vi.useFakeTimers()
    const studio = createMemoryStudio({ jobs: many(3) })
    const jobs = createJobsStore(studio)
    await jobs.show({}, {})
    const before = studio.asked.filter(({ name }) => name === 'jobs.list').length
    studio.emit('jobs.stale', {})
    await vi.advanceTimersByTimeAsync(1000)
    expect(studio.asked.filter(({ name }) => name === 'jobs.list')).toHaveLength(before + 1)
    expect(jobs.store.getState().stale).toBe(false)
    jobs.dispose()
  })

  it('keep what was read when the studio cannot be reached, and say why', async () => {
    const studio = createMemoryStudio({ jobs: many(300) })
    const jobs = createJobsStore(studio)
    await jobs.show({}, {})
    studio.answer('jobs.list', () => Promise.reject(new Error('away')))
    await jobs.loadTo(300)
    expect(jobs.store.getState()).toMatchObject({ loading: false, error: { code: 'internal', message: 'away' } })
    expect(jobs.store.getState().jobs).toHaveLength(200)
    jobs.dispose()
  })
})

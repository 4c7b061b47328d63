import { describe, expectTypeOf, it } from 'vitest'
import type { Job } from '../../domain/job.ts'
import type { ModelState } from '../../domain/models/model-state.ts'
import type { Settings } from '../../domain/settings.ts'
import type { DesktopCallName, StudioCallName, StudioCallParams, StudioCallRequest, StudioCallResult } from './calls.ts'
import type { StudioClient } from './client.ts'
import type { StudioEventName, StudioEventPayload } from './events.ts'

declare const studio: StudioClient

describe('the studio contract', () => {
  it('knows each call by its name and no other', () => {
    expectTypeOf(studio.call<'jobs.get'>)
      .parameter(1)
      .toEqualTypeOf<{ id: string }>()
    expectTypeOf<'jobs.shred'>().not.toExtend<StudioCallName>()
    // @ts-expect-error there is no such call
    void studio.call('jobs.shred', {})
    // @ts-expect-error an id is text
    void studio.call('jobs.get', { id: 7 })
    // @ts-expect-error nothing more may be said than the call takes
    void studio.call('jobs.get', { id: 'a', secret: true })
  })

  it('lets callers leave out what has a default, and hands the studio all of it', () => {
    expectTypeOf<Record<string, never>>().toExtend<StudioCallParams<'jobs.list'>>()
    expectTypeOf<StudioCallRequest<'jobs.list'>['limit']>().toEqualTypeOf<number>()
    expectTypeOf<StudioCallRequest<'photos.import'>['subjectId']>().toEqualTypeOf<string | null>()
  })

  it('answers in the shapes of the domain', () => {
    expectTypeOf<StudioCallResult<'jobs.get'>['attempts']>().toEqualTypeOf<Job['attempts']>()
    expectTypeOf<StudioCallResult<'jobs.get'>>().not.toHaveProperty('lease')
    expectTypeOf<StudioCallResult<'settings.get'>>().toEqualTypeOf<Settings>()
    expectTypeOf<StudioCallResult<'jobs.list'>['items'][number]['createdAt']>().toEqualTypeOf<Date>()
  })

  it('marks what needs the window’s own machine', () => {
    expectTypeOf<'dialogs.chooseFolder'>().toExtend<DesktopCallName>()
    expectTypeOf<'delivery.startDrag'>().toExtend<DesktopCallName>()
    expectTypeOf<'delivery.export'>().not.toExtend<DesktopCallName>()
  })

  it('tells of a model in the words of the domain, and takes a download without consents', () => {
    expectTypeOf<StudioCallResult<'models.list'>['models'][number]>().toEqualTypeOf<ModelState>()
    expectTypeOf<StudioEventPayload<'models.changed'>['models'][number]>().toEqualTypeOf<ModelState>()
    expectTypeOf<{ id: string }>().toExtend<StudioCallParams<'models.pull'>>()
    expectTypeOf<StudioCallRequest<'models.pull'>['acceptLicence']>().toEqualTypeOf<boolean>()
    // @ts-expect-error a model is imported from a folder
    void studio.call('models.import', { id: 'a' })
    expectTypeOf<'models.import'>().not.toExtend<DesktopCallName>()
  })

  it('knows each event by its name', () => {
    expectTypeOf<'jobs.chnaged'>().not.toExtend<StudioEventName>()
    expectTypeOf<StudioEventPayload<'jobs.changed'>['removed']>().toEqualTypeOf<string[]>()
    studio.subscribe('queue.changed', (state) => expectTypeOf(state.paused).toEqualTypeOf<boolean>())
    // @ts-expect-error there is no such event
    studio.subscribe('jobs.shredded', () => undefined)
  })
})

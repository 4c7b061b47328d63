import { expect, it } from 'vitest'
import type { ChatModel } from '../../domain/chat-model.ts'
import { DELIVERY_PROFILES } from '../../domain/delivery-profile.ts'
import { EMPTY_BRIEF, engine, sampleJob } from '../../domain/rules/sample-job.fixture.ts'
import { createModelVlm } from './model-vlm.ts'

const context = { signal: new AbortController().signal, onProgress: () => {} }
const away = () => Promise.reject(new Error('nobody asked for this'))
const MODEL: ChatModel = { describe: async () => engine('language-model', 'remote'), complete: away, ask: away }

it('speaks in the name of its model', async () => {
  expect(await createModelVlm(MODEL).describe()).toMatchObject({ engine: 'remote', kind: 'language-model' })
})

it('passes nothing of a painted picture that was not looked at', async () => {
  const { parameters } = sampleJob()
  const request = {
    references: [{ path: 'photo.jpg', face: null }],
    inspections: [],
    parameters,
    profile: DELIVERY_PROFILES[parameters.purpose],
    generator: engine('generative'),
    path: 'attempt.png',
    brief: EMPTY_BRIEF
  }
  const rows = await createModelVlm(MODEL).judge(request, context)
  expect(rows.map(({ id }) => id)).toContain('vlm:attire')
  expect(rows.filter(({ outcome }) => outcome === 'passed')).toEqual([])
})

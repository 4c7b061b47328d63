import { expect, it } from 'vitest'
import type { ChatModel } from '../../domain/chat-model.ts'
import { engine } from '../../domain/rules/sample-job.fixture.ts'
import { createModelVlm } from './model-vlm.ts'

const uncalibrated = async () => null
const away = () => Promise.reject(new Error('nobody asked for this'))
const MODEL: ChatModel = { describe: async () => engine('language-model', 'remote'), complete: away, ask: away }

it('speaks in the name of its model', async () => {
  expect(await createModelVlm(MODEL, uncalibrated).describe()).toMatchObject({
    engine: 'remote',
    kind: 'language-model'
  })
})

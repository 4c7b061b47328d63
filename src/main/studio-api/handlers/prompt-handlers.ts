import { judgeKey } from '../../../domain/judging/judge-key.ts'
import type { Studio } from '../../studio.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'

export function promptHandlers({
  prompts,
  chatModels,
  judgeCalibrations
}: Pick<Studio, 'prompts' | 'chatModels' | 'judgeCalibrations'>): HandlersOf<CallsIn<'prompts' | 'judges'>> {
  return {
    'prompts.list': async () => ({ prompts: await prompts.list() }),
    async 'prompts.save'({ name, text }) {
      await prompts.save(name, text)
      return await prompts.state(name)
    },
    async 'prompts.reset'({ name }) {
      await prompts.reset(name)
      return await prompts.state(name)
    },
    async 'judges.list'() {
      const described = await Promise.all(chatModels.map((model) => model.describe()))
      const there = described.filter(({ unavailable }) => unavailable === undefined)
      const judges = there.map(async ({ engine, version, label }) => {
        const calibration = await judgeCalibrations.get(judgeKey({ engine, version }))
        return { engine, version, label, calibration }
      })
      return { judges: await Promise.all(judges) }
    }
  }
}

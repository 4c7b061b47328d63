import type { ModelManager } from '../../models/model-manager.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'

export function modelHandlers(models: ModelManager): HandlersOf<CallsIn<'models'>> {
  return {
    'models.list': async () => ({ models: await models.list() }),
    async 'models.pull'({ id, acceptLicence, anyway }) {
      await models.pull(id, { licence: acceptLicence, unfit: anyway })
      return await models.state(id)
    },
    async 'models.pause'({ id }) {
      await models.pause(id)
      return await models.state(id)
    },
    async 'models.discard'({ id }) {
      await models.discard(id)
      return await models.state(id)
    },
    async 'models.import'({ id, folder, mode }, { signal }) {
      await models.import(id, folder, mode, signal)
      return await models.state(id)
    },
    async 'models.verify'({ id }, { signal }) {
      await models.verify(id, signal)
      return await models.state(id)
    },
    async 'models.remove'({ id }) {
      await models.remove(id)
      return await models.state(id)
    },
    async 'models.restore'({ id }) {
      await models.restore(id)
      return await models.state(id)
    }
  }
}

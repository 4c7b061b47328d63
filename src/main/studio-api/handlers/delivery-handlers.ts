import { ulid } from 'ulid'
import { StudioError } from '../../../domain/errors.ts'
import type { ApiParts } from '../api-parts.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'

const notBuilt = async (): Promise<never> => {
  throw new StudioError('internal', 'This is not part of this build yet.')
}

export function deliveryHandlers({ studio }: ApiParts): HandlersOf<CallsIn<'delivery'>> {
  const { delivery, settings } = studio
  return {
    'delivery.export': (request, context) =>
      delivery.export(request, {
        ...context,
        onProgress: (progress) => context.onProgress({ ...progress, withinMs: 60_000 })
      }),
    'delivery.previewNames': notBuilt,
    'delivery.presets': async () => ({
      presets: (await settings.get()).exportPresets.map((preset) => ({ ...preset, builtIn: false }))
    }),
    async 'delivery.savePreset'({ preset }) {
      const saved = { ...preset, _id: preset._id ?? ulid() }
      const { exportPresets } = await settings.get()
      await settings.set({ exportPresets: [...exportPresets.filter(({ _id }) => _id !== saved._id), saved] })
      return saved
    },
    async 'delivery.removePreset'({ id }) {
      const { exportPresets } = await settings.get()
      await settings.set({ exportPresets: exportPresets.filter(({ _id }) => _id !== id) })
      return {}
    },
    'delivery.contactSheet': notBuilt,
    'delivery.report': notBuilt,
    'delivery.writeProofing': notBuilt,
    'delivery.readProofing': notBuilt
  }
}

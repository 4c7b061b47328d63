import { ulid } from 'ulid'
import type { DeliveryContext } from '../../../domain/delivery/delivery-progress.ts'
import { EXPORT_PRESETS, type ExportPreset } from '../../../domain/delivery/export-preset.ts'
import type { CallContext } from '../../../domain/progress.ts'
import type { Settings } from '../../../domain/settings.ts'
import type { ApiParts } from '../api-parts.ts'
import type { CallsIn, HandlersOf } from '../handlers.ts'

const WITHIN_MS = 60_000

function deliveryContext({ signal, onProgress }: CallContext): DeliveryContext {
  return {
    signal,
    // Before the first picture there may be nothing to count.
    onProgress: (progress) => onProgress({ ...progress, total: Math.max(1, progress.total), withinMs: WITHIN_MS })
  }
}

const isBuiltIn = (id: string) => EXPORT_PRESETS.some((preset) => preset._id === id)

/** With the studio's own author and copyright where the preset names none. */
function signed(preset: ExportPreset, { author, copyright }: Settings): ExportPreset {
  const { metadata } = preset
  const owner = { creator: metadata.creator || author, copyright: metadata.copyright || copyright }
  return { ...preset, metadata: { ...metadata, ...owner } }
}

export function deliveryHandlers({ studio, nudge, tell }: ApiParts): HandlersOf<CallsIn<'delivery'>> {
  const { delivery, settings } = studio

  async function keep(exportPresets: ExportPreset[]): Promise<void> {
    tell('settings.changed', await settings.set({ exportPresets }))
  }

  return {
    async 'delivery.export'(request, context) {
      const own = await settings.get()
      const presets = request.presets.map((preset) => signed(preset, own))
      return await delivery.export({ ...request, presets }, deliveryContext(context))
    },
    async 'delivery.previewNames'({ items, preset, folder }) {
      const names = await delivery.previewNames({ items, presets: [preset], folder })
      return { names: names.map((name) => name ?? '') }
    },
    async 'delivery.presets'() {
      const { exportPresets } = await settings.get()
      return {
        presets: [
          ...EXPORT_PRESETS.map((preset) => ({ ...preset, builtIn: true })),
          ...exportPresets.map((preset) => ({ ...preset, builtIn: false }))
        ]
      }
    },
    async 'delivery.savePreset'({ preset }) {
      const known = preset._id !== null && !isBuiltIn(preset._id)
      const saved = { ...preset, _id: known && preset._id !== null ? preset._id : ulid() }
      const { exportPresets } = await settings.get()
      await keep([...exportPresets.filter(({ _id }) => _id !== saved._id), saved])
      return saved
    },
    async 'delivery.removePreset'({ id }) {
      const { exportPresets } = await settings.get()
      await keep(exportPresets.filter(({ _id }) => _id !== id))
      return {}
    },
    'delivery.contactSheet': (request, context) => delivery.contactSheet(request, deliveryContext(context)),
    'delivery.report': ({ format, ...request }, context) =>
      format === 'pdf'
        ? delivery.reportPdf(request, deliveryContext(context))
        : delivery.reportPage(request, deliveryContext(context)),
    'delivery.writeProofing': (request, context) => delivery.writeProofing(request, deliveryContext(context)),
    async 'delivery.readProofing'({ path }) {
      const applied = await delivery.readProofing(path)
      nudge()
      return applied
    }
  }
}

import type { EngineRole } from '../../contract/engine-protocol.ts'
import type { EngineHandlers } from './engine-handlers.ts'

/** Loads only what the role needs: the modules of another engine may be absent or heavy. */
export async function loadRole(role: EngineRole): Promise<EngineHandlers> {
  switch (role) {
    case 'builtin':
      return (await import('./builtin-role.ts')).builtInHandlers
    case 'flux':
      return (await import('./flux-role.ts')).fluxHandlers
    case 'delivery':
      return (await import('./delivery-role.ts')).deliveryHandlers
    case 'vlm':
      return (await import('./vlm-role.ts')).vlmHandlers
  }
}

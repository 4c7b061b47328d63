import { lazy } from 'react'

/** All but the first screen: parts of the page that are read when the first one stands. */
const PARTS = {
  gallery: async () => ({ default: (await import('../features/gallery-screen.tsx')).GalleryScreen }),
  compare: async () => ({ default: (await import('../features/compare-screen.tsx')).CompareScreen }),
  deliver: async () => ({ default: (await import('../features/deliver-screen.tsx')).DeliverScreen }),
  layers: async () => ({ default: (await import('./layers.tsx')).Layers })
}

export const GalleryScreen = lazy(PARTS.gallery)
export const CompareScreen = lazy(PARTS.compare)
export const DeliverScreen = lazy(PARTS.deliver)
export const Layers = lazy(PARTS.layers)

/** Reads them ahead, so that nobody waits when they are wanted. */
export async function loadScreens(): Promise<void> {
  await Promise.allSettled(Object.values(PARTS).map((read) => read()))
}

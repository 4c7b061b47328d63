import { type BrowserWindow, Notification, powerSaveBlocker } from 'electron'
import type { QueueState } from '../../contract/studio/events.ts'
import type { Settings } from '../../domain/settings.ts'
import type { EventHub } from '../studio-api/event-hub.ts'
import { QueueProgress } from './queue-progress.ts'

export interface AttentionOptions {
  readonly events: EventHub
  readonly window: () => BrowserWindow | null
  readonly settings: () => Settings
  readonly language: () => 'en' | 'de'
  readonly onOpen: () => void
}

const WORDS = {
  en: (delivered: number, not: number) => `${delivered} delivered${not > 0 ? `, ${not} not` : ''}. The queue is empty.`,
  de: (delivered: number, not: number) =>
    `${delivered} geliefert${not > 0 ? `, ${not} nicht` : ''}. Die Warteschlange ist leer.`
} as const

/** How the studio is seen while its window is not: progress in the taskbar, a word when all is done, a machine kept awake. */
export function holdAttention({ events, window, settings, language, onOpen }: AttentionOptions): () => void {
  const progress = new QueueProgress()
  let awake: number | null = null
  let ended = { delivered: 0, not: 0 }

  function keepAwake(wanted: boolean): void {
    if (wanted && awake === null) awake = powerSaveBlocker.start('prevent-app-suspension')
    if (wanted || awake === null) return
    powerSaveBlocker.stop(awake)
    awake = null
  }

  function show(): void {
    const open = window()
    // Below 0 the bar is taken away (https://www.electronjs.org/docs/latest/tutorial/progress-bar).
    if (open && !open.isDestroyed()) open.setProgressBar(progress.value ?? -1)
  }

  function tellWhenDone({ counts }: QueueState): void {
    const over = counts.pending + counts.processing === 0
    if (!over || ended.delivered + ended.not === 0) return
    const { delivered, not } = ended
    ended = { delivered: 0, not: 0 }
    if (!settings().notifications || window()?.isFocused() || !Notification.isSupported()) return
    const notification = new Notification({ title: 'APEX Portrait Studio', body: WORDS[language()](delivered, not) })
    notification.on('click', onOpen)
    notification.show()
  }

  const ends = [
    events.on('notice', ({ code }) => {
      if (code === 'job-completed') ended.delivered += 1
      if (code === 'job-failed') ended.not += 1
    }),
    events.on('job.progress', (event) => {
      progress.job(event)
      show()
    }),
    events.on('queue.changed', (state) => {
      progress.queue(state)
      show()
      keepAwake(settings().keepAwake && state.counts.processing > 0)
      tellWhenDone(state)
    })
  ]
  return () => {
    for (const end of ends) end()
    keepAwake(false)
  }
}

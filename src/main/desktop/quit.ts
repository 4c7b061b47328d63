import { app } from 'electron'

/**
 * Closes the studio before the program ends, however it is asked to end: jobs go back into the queue uncharged, engines
 * stop, the store closes. Should that hang, the program ends all the same; what is stored is whole at any moment.
 */
export function closeBeforeQuit(close: () => Promise<void>, patienceMs: number): void {
  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('before-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    const patience = new Promise<void>((resolve) => setTimeout(resolve, patienceMs))
    void Promise.race([close().catch((error: unknown) => console.error(error)), patience]).then(() => {
      state = 'closed'
      app.quit()
    })
  })
}

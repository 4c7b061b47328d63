/**
 * Tab hides the panels, as photographers know it, and moves the focus, as everybody else needs it. It hides panels only
 * for somebody who has been using the pointer, and only among the pictures; after the focus was moved by keys it goes
 * on moving it.
 */
export class TabMeaning {
  #pointing = false

  pointerUsed(): void {
    this.#pointing = true
  }

  focusMoved(): void {
    this.#pointing = false
  }

  hidesPanels(): boolean {
    return this.#pointing
  }
}

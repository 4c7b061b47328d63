export interface PickOptions {
  /** As the attribute `accept` has it. */
  readonly accept: string
  readonly multiple: boolean
  /** A whole folder, with what is in it. */
  readonly folder: boolean
}

/** Asks for files of the machine that the page is shown on; none where nobody chose any. Only from within a click or key. */
export function pickFiles({ accept, multiple, folder }: PickOptions): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.multiple = multiple
    input.webkitdirectory = folder
    // Safari forgets an input that is not in the page.
    input.hidden = true
    document.body.append(input)
    const end = (files: readonly File[]) => {
      input.remove()
      resolve(files)
    }
    input.addEventListener('change', () => end([...(input.files ?? [])]), { once: true })
    input.addEventListener('cancel', () => end([]), { once: true })
    input.click()
  })
}

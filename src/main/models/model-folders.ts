import { join } from 'node:path'

/** Where models lie in the data folder. */
export class ModelFolders {
  readonly root: string

  constructor(dataFolder: string) {
    this.root = join(dataFolder, 'models')
  }

  /** Whole, with its manifest; it gets this name only then. */
  installed(id: string): string {
    return join(this.root, id)
  }

  get downloads(): string {
    return join(this.root, '.downloads')
  }

  /** What a download has come to so far. */
  download(id: string): string {
    return join(this.downloads, id)
  }

  get bin(): string {
    return join(this.root, '.removed')
  }

  /** Who works on a model now. */
  get locks(): string {
    return join(this.root, '.locks')
  }
}

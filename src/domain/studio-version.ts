import manifest from '../../package.json' with { type: 'json' }

/** Written into ledgers, files and handshakes, so that a result can be traced to the program that made it. */
export const STUDIO_VERSION: string = manifest.version

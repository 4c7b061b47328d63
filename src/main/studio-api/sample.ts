import { join } from 'node:path'

/** The sample photo, of one person, in the resources folder. */
export const SAMPLE = join('sample', 'eileen-collins.jpg')

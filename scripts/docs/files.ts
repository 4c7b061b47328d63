import { fileURLToPath } from 'node:url'

const inRepository = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

export const OPERATIONS = inRepository('docs/operations.md')
export const EXAMPLE = inRepository('deploy/.env.example')

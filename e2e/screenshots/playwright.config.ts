import { defineConfig } from '@playwright/test'

/** Not a test: `npm run screens` photographs the studio for the documentation. */
export default defineConfig({
  testDir: '.',
  testMatch: 'screenshots.ts',
  globalSetup: '../global-setup.ts',
  outputDir: '../../test-results/screens',
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 30_000 },
  reporter: 'list'
})

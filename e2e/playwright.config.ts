import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  globalSetup: './global-setup.ts',
  outputDir: '../test-results/e2e',
  workers: 1,
  // A launch of Electron hangs now and then on a machine that is busy with other work; what fails twice has failed.
  retries: process.env.CI ? 2 : 0,
  timeout: 60_000,
  // What is waited for is a state, never a time: this only says when a busy machine is given up on.
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]]
})

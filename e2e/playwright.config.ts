import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  globalSetup: './global-setup.ts',
  outputDir: '../test-results/e2e',
  workers: 1,
  // A desktop under a virtual display on a machine that others use too: what passes only the second time is told as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  // What is waited for is a state, never a time: this only says when a busy machine is given up on.
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]]
})

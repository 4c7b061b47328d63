import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
    // onnxruntime-node crashes in worker threads (microsoft/onnxruntime#20084).
    pool: 'forks',
    setupFiles: ['scripts/testing/property-seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000
  }
})

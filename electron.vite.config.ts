import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// Targets suit both the official Electron and the registry-only development runtime (Electron 33: Node 20.18, Chromium 130).
export default defineConfig({
  main: {
    build: {
      // Of many small files each: from one file they load in a fraction of the time, and the start waits for them.
      externalizeDeps: {
        exclude: ['mingo', 'zod', 'pino', 'env-paths', 'ulid', 'qr', 'chokidar', 'readdirp', 'rotating-file-stream']
      },
      target: 'node20.18',
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          cli: at('src/main/cli.ts'),
          'engine-process': at('src/inference/process.ts'),
          'store-worker': at('src/main/store/embedded/store-worker.ts')
        }
      }
    }
  },
  preload: {
    build: {
      externalizeDeps: false,
      target: 'node20.18',
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react()],
    // Replaced by a fresh one in each response, see src/main/studio-page.
    html: { cspNonce: 'STUDIO_CSP_NONCE' },
    build: {
      target: 'chrome130',
      minify: true,
      // Read from the disk of this machine, and kept compiled.
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        input: { index: at('src/renderer/index.html') },
        // One file for the first screen: each request goes through the main process, which has much to do by then.
        output: { codeSplitting: { groups: [{ name: 'first-screen', tags: ['$initial'] }] } }
      }
    }
  }
})

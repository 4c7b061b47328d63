#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { STUDIO_VERSION } from '../domain/studio-version.ts'
import { runCli } from './cli/program.ts'
import { Terminal } from './cli/terminal.ts'
import { forkNodeChild } from './engines/node-fork.ts'
import { storeWorkerOf } from './store/start-store-worker.ts'
import { studioOpener } from './studio.ts'

const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url))

const interrupt = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())

const storeWorker = storeWorkerOf(import.meta.url)
const processes = { engineEntry: beside('./engine-process.js'), fork: forkNodeChild }
const terminal = new Terminal()
try {
  process.exitCode = await runCli(process.argv.slice(2), {
    openStudio: studioOpener({ ...processes, storeWorker, resources: beside('../../resources') }),
    storeWorker,
    processes,
    version: STUDIO_VERSION,
    programFolder: beside('../..'),
    pageFolder: existsSync(beside('../renderer/assets')) ? beside('../renderer') : undefined,
    variables: process.env,
    signal: interrupt.signal,
    terminal
  })
} catch (thrown) {
  terminal.failure(thrown)
  process.exitCode = 2
}

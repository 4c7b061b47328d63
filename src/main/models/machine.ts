import { execFile } from 'node:child_process'
import { totalmem } from 'node:os'
import { promisify } from 'node:util'
import type { Machine } from '../../domain/models/model-fit.ts'
import { freeDisk } from '../files/free-disk.ts'

const run = promisify(execFile)

/** It answers in a fraction of this, and hangs where a driver is broken. */
const ASK_MS = 5000
const MEBIBYTE = 1024 ** 2

/** What this machine has. @param folder one that is there, on the drive of the models */
export async function lookAtMachine(folder: string): Promise<Machine> {
  const [{ bytes: free }, gpu] = await Promise.all([freeDisk(folder), largestGpu()])
  const unifiedMemory = process.platform === 'darwin' && process.arch === 'arm64'
  return { memory: totalmem(), freeDisk: free, gpu, unifiedMemory }
}

let asked: Promise<Machine['gpu']> | null = null

/** The card with most memory, as the driver of NVIDIA tells; nothing is known of others. Asked once. */
async function largestGpu(): Promise<Machine['gpu']> {
  asked ??= run('nvidia-smi', ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'], { timeout: ASK_MS })
    .then(({ stdout }) => readGpus(stdout))
    .catch(() => null)
  return await asked
}

/** Lines as "NVIDIA H100 80GB HBM3, 81559": a name and MiB. */
export function readGpus(text: string): Machine['gpu'] {
  const cards = text.split('\n').flatMap((line) => {
    const [, name, memory] = /^(.+), (\d+)\s*$/.exec(line) ?? []
    return name === undefined ? [] : [{ name, memory: Number(memory) * MEBIBYTE }]
  })
  return cards.sort((a, b) => b.memory - a.memory)[0] ?? null
}

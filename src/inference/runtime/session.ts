import * as ort from 'onnxruntime-node'
import type { BuiltInModel } from '../../domain/built-in-models.ts'
import { StudioError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'
import { inferenceThreads } from './execution.ts'
import { readModelFile } from './model-file.ts'

const sessions = new Map<BuiltInModel, Promise<ort.InferenceSession>>()

/** One session per model and process, verified against the manifest. @throws StudioError `model-missing`, `model-damaged`. */
export function openModel(model: BuiltInModel): Promise<ort.InferenceSession> {
  const open = sessions.get(model)
  if (open) return open
  const opening = createSession(model)
  sessions.set(model, opening)
  // A failure must not stick: the models may be built in the meantime.
  opening.catch(() => sessions.delete(model))
  return opening
}

/** Gives the memory of every open model back. Nothing may be running on one; the next `openModel` reads it again. */
export async function releaseModels(): Promise<void> {
  const open = await Promise.allSettled(sessions.values())
  sessions.clear()
  for (const session of open) if (session.status === 'fulfilled') await session.value.release()
}

async function createSession(model: BuiltInModel): Promise<ort.InferenceSession> {
  const bytes = await readModelFile(model)
  try {
    return await ort.InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: inferenceThreads(),
      // Threads that spin while they wait take the processors from the window and from other programs: with those busy,
      // person-parsing took 845 ms spinning and 518 ms sleeping (medians, interleaved, two cores).
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      // 3: errors only. Warnings of the optimizer are for those who write graphs.
      logSeverityLevel: 3
    })
  } catch (cause) {
    throw new StudioError('model-damaged', say('error-built-in-model-closed', { model }), { cause })
  }
}

import * as ort from 'onnxruntime-node'
import type { LocalModel } from '../../contract/engine-protocol.ts'
import { StudioError } from '../../domain/errors.ts'
import { memoryNeed, requireMemory } from '../../domain/local-vlm/memory-need.ts'
import type { ModelFamily } from '../../domain/local-vlm/model-family.ts'
import { type ChosenWeights, chooseWeights, type WeightsFor } from '../../domain/local-vlm/weight-files.ts'
import { speaksOfMemory } from '../../domain/memory-exhaustion.ts'
import type { CallContext } from '../../domain/progress.ts'
import { say } from '../../domain/sentences/say.ts'
import { executionFacts, inferenceThreads } from '../runtime/execution.ts'
import { isFrugal } from '../runtime/frugality.ts'
import { type LargeModelProvider, providersFor } from '../runtime/provider-choice.ts'
import { damaged, type ModelFolder, missing, readModelFolder } from './model-folder.ts'
import { KeptPrefix } from './picture-prefix.ts'
import { requireSessions } from './session-check.ts'
import {
  AutoModelForImageTextToText,
  AutoProcessor,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  type Processor
} from './transformers.ts'

/** Gigabytes from a slow drive, and a graphics card that compiles its kernels, take minutes. */
const LOAD_MS = 600_000

export interface OpenModel {
  readonly model: PreTrainedModel
  readonly processor: Processor
  readonly tokenizer: PreTrainedTokenizer
  readonly family: ModelFamily
  readonly contextLength: number
  /** Tokens that end an answer. */
  readonly endTokens: ReadonlySet<number>
  /** In words, with the devices that were tried before. */
  readonly runsOn: string
  /** The pictures it looked at last. */
  readonly kept: KeptPrefix
}

let open: { readonly folder: string; readonly model: OpenModel } | undefined

/**
 * The model of the folder, opened on the fastest device that takes it; one model per process.
 * @throws StudioError `model-missing`, `model-damaged`, `model-unsupported`, `engine-out-of-memory`, `cancelled`.
 */
export async function openModel(wanted: LocalModel, context: CallContext): Promise<OpenModel> {
  if (open?.folder !== wanted.folder) {
    await closeModel()
    context.onProgress({ activity: 'Opening the vision-language model', done: 0, total: 1, withinMs: LOAD_MS })
    open = { folder: wanted.folder, model: await load(wanted, context.signal) }
  }
  const { model } = open
  return { ...model, contextLength: Math.min(model.contextLength, wanted.contextLength ?? model.contextLength) }
}

/** Gives its memory back. */
export async function closeModel(): Promise<void> {
  const closing = open
  open = undefined
  await closing?.model.model.dispose()
}

async function load({ folder, memoryShare }: LocalModel, signal: AbortSignal): Promise<OpenModel> {
  const found = await readModelFolder(folder)
  const { runtime, providers } = executionFacts()
  const { platform, arch } = process
  const choices = providersFor({ platform, arch, providers, frugal: isFrugal(), coreml: true })
  const processor = await loadProcessor(folder)
  const tokenizer = processor.tokenizer ?? missing(folder, 'tokenizer')
  const refused: string[] = []
  for (const { provider: device } of choices) {
    signal.throwIfAborted()
    const weights = weightsIn(found, device, folder)
    requireMemory(memoryNeed(weights, weightsFor(device)), process.availableMemory(), memoryShare)
    try {
      const model = await openOn(device, folder, weights)
      return {
        model,
        processor,
        tokenizer,
        family: found.family,
        contextLength: found.contextLength,
        endTokens: endTokensOf(model),
        runsOn: inWords(runtime, device, weights, refused),
        kept: new KeptPrefix()
      }
    } catch (thrown) {
      if (thrown instanceof StudioError) throw thrown
      if (device === 'cpu') throw reasonOf(thrown, folder)
      refused.push(device)
    }
  }
  throw new StudioError('internal', 'No device is left to open the vision-language model on.')
}

async function loadProcessor(folder: string): Promise<Processor> {
  try {
    return await AutoProcessor.from_pretrained(folder, { local_files_only: true })
  } catch (cause) {
    throw reasonOf(cause, folder)
  }
}

const weightsFor = (device: LargeModelProvider): WeightsFor => (device === 'cpu' ? 'processor' : 'graphics')

function weightsIn({ weights }: ModelFolder, device: LargeModelProvider, folder: string): ChosenWeights {
  const chosen = chooseWeights(weights, weightsFor(device))
  if ('missing' in chosen) missing(folder, `weights for ${chosen.missing.join(', ')}`)
  return chosen
}

async function openOn(device: LargeModelProvider, folder: string, { types }: ChosenWeights): Promise<PreTrainedModel> {
  const model = await AutoModelForImageTextToText.from_pretrained(folder, {
    local_files_only: true,
    device,
    dtype: types,
    session_options: {
      intraOpNumThreads: inferenceThreads(),
      // As for the built-in models: threads that spin take the processors from the window.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      logSeverityLevel: 4
    }
  })
  requireSessions(model.sessions, folder)
  return model
}

/** Of `generation_config.json`, which is a list where there are several. */
function endTokensOf(model: PreTrainedModel): ReadonlySet<number> {
  const { eos_token_id: ends } = { eos_token_id: null, ...model.generation_config }
  return new Set(Array.isArray(ends) ? ends : typeof ends === 'number' ? [ends] : [])
}

function inWords(
  runtime: string,
  device: LargeModelProvider,
  { types }: ChosenWeights,
  refused: readonly string[]
): string {
  const kinds = [...new Set(Object.values(types))].join(' and ')
  const instead = refused.length > 0 ? `; ${refused.join(', ')} ${refused.length > 1 ? 'are' : 'is'} not there` : ''
  return `${runtime}, ${device}, ${kinds}${instead}`
}

/** What a library said while it opened a model, as what it means. */
function reasonOf(thrown: unknown, folder: string): StudioError {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  if (speaksOfMemory(message)) {
    return new StudioError('engine-out-of-memory', say('error-memory-little'), {
      hint: say('hint-smaller-model'),
      cause: thrown
    })
  }
  if (thrown instanceof Error && thrown.name === 'ModelFileNotFoundError') {
    return new StudioError('model-missing', say('error-model-lacks-file', { folder }), {
      hint: say('hint-install-model-again'),
      cause: thrown
    })
  }
  if (/opset|no op registered|not implemented|unsupported|unknown (?:image_processor|model)/i.test(message)) {
    return new StudioError(
      'model-unsupported',
      `onnxruntime ${ort.env.versions.node ?? ''} cannot run the model in "${folder}".`,
      { hint: say('hint-update-or-other'), cause: thrown }
    )
  }
  return damaged(folder, thrown)
}

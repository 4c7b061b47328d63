// First, and for its effect on whoever loads sharp after it: this is where the build of sharp is picked.
import '../pixels/sharp.ts'
import { env, LogLevel } from '@huggingface/transformers'

// Weights come from the folder that is named, and from nowhere else.
env.allowRemoteModels = false
env.allowLocalModels = true
env.useFSCache = false
env.useBrowserCache = false
env.logLevel = LogLevel.NONE

export {
  AutoModelForImageTextToText,
  AutoProcessor,
  DynamicCache,
  InterruptableStoppingCriteria,
  LogitsProcessor,
  LogitsProcessorList,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  type Processor,
  RawImage,
  random,
  Tensor,
  TextStreamer
} from '@huggingface/transformers'

import { join } from 'node:path'
import type { ChatModel } from '../../domain/chat-model.ts'
import type { VisionLanguageModel } from '../../domain/engine.ts'
import { RULES_IDENTITY } from '../../domain/rules/identity.ts'
import { say } from '../../domain/sentences/say.ts'
import type { StudioEnvironment } from '../environment.ts'
import { openLog } from '../logs/log.ts'
import type { StudioEngine } from '../studio.ts'
import type { CalibrationOf } from '../vlm/judge.ts'
import { createModelVlm } from '../vlm/model-vlm.ts'
import type { PromptTemplates } from '../vlm/prompt-templates.ts'
import type { EngineProcesses } from './builtin-engine.ts'
import { createLocalVlm, LOCAL_VLM } from './local-vlm.ts'
import type { ModelMemory } from './model-memory.ts'
import { modelsAt } from './probe-server.ts'
import { REMOTE_ENGINE, remoteServers } from './remote/remote-server.ts'
import type { Reducer } from './remote-vlm/picture-uris.ts'
import { createRulesVlm } from './rules-vlm.ts'

export interface OpenVlmsOptions {
  readonly environment: StudioEnvironment
  readonly dataFolder: string
  readonly reducer: Reducer
  readonly processes: EngineProcesses
  readonly calibrationOf: CalibrationOf
  readonly prompts: PromptTemplates
  /** Shared with other models of this machine. */
  readonly memory: ModelMemory
}

export interface OpenVlms {
  /** The preferred one first. */
  readonly vlms: readonly VisionLanguageModel[]
  /** Those of them that are models, as they judge: calibrated apart from their other work. */
  readonly chatModels: readonly ChatModel[]
  readonly engines: readonly StudioEngine[]
  /** Whether one works elsewhere than this machine's built-in process, so that two jobs get on at once. */
  readonly isElsewhere: boolean
  close(): Promise<void>
}

const LABEL = say('label-vlm')

/**
 * Every vision-language model there is: the one on a server where the environment names its address, the one on this
 * machine, which is unavailable until its weights are installed, then the rules.
 */
export async function openVlms(options: OpenVlmsOptions): Promise<OpenVlms> {
  const { environment, dataFolder, processes, prompts, calibrationOf, memory } = options
  const rules = createRulesVlm()
  const modelsFolder = join(dataFolder, 'models')
  const local = createLocalVlm({ ...processes, modelsFolder, model: environment.localVlm, memory })
  const remote = await openRemote(options)
  const builtIn: StudioEngine = {
    port: 'vlm',
    engine: RULES_IDENTITY.engine,
    label: LABEL,
    describe: () => rules.describe(),
    activity: null
  }
  const here: StudioEngine = {
    port: 'vlm',
    engine: LOCAL_VLM,
    label: LABEL,
    describe: () => local.describe(),
    models: async () => [await local.modelName()],
    activity: local.activity
  }
  const always = [createModelVlm({ model: local, prompts, calibrationOf }), rules]
  const { stop } = local
  if (remote === null) {
    return {
      vlms: always,
      chatModels: [local],
      engines: [here, builtIn],
      isElsewhere: false,
      close: stop
    }
  }
  const { model, server, close } = remote
  const onServer: StudioEngine = {
    port: 'vlm',
    engine: REMOTE_ENGINE,
    label: LABEL,
    describe: () => model.describeNow(),
    models: (signal) => modelsAt(server, signal),
    activity: model.activity
  }
  return {
    chatModels: [model, local],
    vlms: [createModelVlm({ model, prompts, calibrationOf }), ...always],
    engines: [onServer, here, builtIn],
    isElsewhere: true,
    close: async () => void (await Promise.all([close(), stop()]))
  }
}

async function openRemote({ environment, dataFolder, reducer }: OpenVlmsOptions) {
  const server = remoteServers(environment).find(({ variable }) => variable === 'VLLM_SERVER_URL')
  if (!server) return null
  // Loaded here: a studio without such a server starts without its client.
  const { RemoteChatModel } = await import('./remote-vlm/remote-chat-model.ts')
  const { log, close: closeLog } = await openLog({
    role: 'vllm',
    level: environment.logLevel,
    folder: join(dataFolder, 'logs'),
    console: null,
    secrets: environment.secrets
  })
  const model = new RemoteChatModel({ server, model: environment.vllmModel, reducer, log })
  const close = async () => {
    await model.close()
    await closeLog()
  }
  return { model, server, close }
}

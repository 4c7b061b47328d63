import { StudioError } from '../domain/errors.ts'
import {
  type EffectiveVariable,
  type EnvironmentSources,
  effectiveVariables,
  originInWords
} from './environment/effective-variables.ts'
import { environmentSchema, type LogLevel } from './environment/variables.ts'

export interface VlmServerEnvironment {
  /** Of the studio's own variable where that is set. */
  readonly port: number
  /** Tokens of a prompt and its answer together. */
  readonly contextLength: number
  /** Of the memory that is free, 0..1. */
  readonly memoryShare: number
}

/** What the environment says; undefined means the studio decides. */
export interface StudioEnvironment {
  readonly maxAttempts: number
  readonly mongoUri: string | undefined
  readonly vllmServerUrl: string | undefined
  readonly vllmApiKey: string | undefined
  /** The model that the vLLM server is asked for. `isNamed`: somebody has set it, so that no other will do. */
  readonly vllmModel: { readonly name: string; readonly isNamed: boolean }
  readonly fluxServerUrls: readonly string[]
  readonly fluxApiKey: string | undefined
  /** Of `serve --role vlm`, by the names that the seed's model server had. */
  readonly vlmServer: VlmServerEnvironment
  /** Where models are downloaded from, and with which token. */
  readonly hub: { readonly endpoint: string; readonly token: string | undefined }
  /** What clients of a server of one engine have to send. */
  readonly apiKey: string | undefined
  /** Where `serve` listens. */
  readonly host: string
  /** Undefined: each role has its own. */
  readonly port: number | undefined
  /** Further names that the server is called by. */
  readonly allowedHosts: readonly string[]
  readonly privateWebhooks: boolean
  /** Jobs that may wait. */
  readonly queueLength: number
  /** Of each caller; 0 is no limit, undefined leaves it to where the server listens. */
  readonly requestsPerMinute: number | undefined
  readonly dataFolder: string | undefined
  readonly resources: string | undefined
  /** The vision-language model on this machine that is wanted: its name, or its folder. */
  readonly localVlm: string | undefined
  readonly logLevel: LogLevel
  /** Values that must never be shown or logged. */
  readonly secrets: readonly string[]
}

/** @throws StudioError `environment-invalid` that names each variable of the studio that has an impossible value. */
export function readEnvironment(sources: EnvironmentSources): StudioEnvironment {
  requireValid('studio', sources)
  const variables = effectiveVariables(sources)
  const usable = variables.filter(({ given, valid }) => valid && given !== null)
  const values = environmentSchema.parse(Object.fromEntries(usable.map(({ name, given }) => [name, given])))
  return {
    maxAttempts: values.MAX_ATTEMPTS,
    mongoUri: values.MONGO_URI,
    vllmServerUrl: values.VLLM_SERVER_URL,
    vllmApiKey: values.VLLM_API_KEY,
    vllmModel: { name: values.MODEL, isNamed: usable.some(({ name }) => name === 'MODEL') },
    fluxServerUrls: values.FLUX_SERVER_URL,
    fluxApiKey: values.FLUX_API_KEY,
    vlmServer: {
      port: values.APEX_PORT ?? values.PORT,
      contextLength: values.MAX_SEQ_LENGTH,
      memoryShare: values.GPU_UTIL
    },
    hub: { endpoint: values.HF_ENDPOINT, token: values.HF_TOKEN },
    apiKey: values.API_KEY,
    host: values.APEX_HOST,
    port: values.APEX_PORT,
    allowedHosts: values.APEX_ALLOW_HOST,
    privateWebhooks: values.APEX_PRIVATE_WEBHOOKS,
    queueLength: values.APEX_QUEUE_LENGTH,
    requestsPerMinute: values.APEX_REQUESTS_PER_MINUTE,
    dataFolder: values.APEX_DATA_FOLDER,
    resources: values.APEX_RESOURCES,
    localVlm: values.APEX_VLM_MODEL,
    logLevel: values.LOG_LEVEL,
    secrets: variables.flatMap(({ secret, given }) => (secret === 'whole' && given !== null ? [given] : []))
  }
}

/**
 * Those of the model server's are no hindrance to anything else: PORT and API_KEY are names that many programs use.
 * @throws StudioError `environment-invalid`
 */
export function requireValid(readBy: EffectiveVariable['readBy'], sources: EnvironmentSources): void {
  const wrong = effectiveVariables(sources).filter((variable) => !variable.valid && variable.readBy === readBy)
  if (wrong.length > 0) throw refusal(wrong, sources)
}

function refusal(wrong: readonly EffectiveVariable[], { file }: EnvironmentSources): StudioError {
  const says = wrong.map(
    ({ name, shown, origin, allowed }) =>
      `${name} is "${shown}" (${originInWords(origin, file)}); allowed is ${allowed}.`
  )
  const defaults = wrong.map(({ name, unset }) => `Without ${name}: ${unset}.`)
  return new StudioError('environment-invalid', says.join(' '), {
    hint: `Correct it, or leave it out. ${defaults.join(' ')}`,
    details: { variables: wrong.map(({ name }) => name) }
  })
}

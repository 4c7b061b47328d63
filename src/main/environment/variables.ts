import { z } from 'zod'

/** What a variable is, besides the values that it takes. */
export interface VariableFacts {
  /** One sentence, without a full stop. */
  readonly meaning: string
  readonly allowed: string
  /** What holds while it is not set. */
  readonly unset: string
  /** `whole`: never shown. `address`: shown without the password in it. */
  readonly secret: 'no' | 'whole' | 'address'
  /** An invalid one is refused by the studio, or by the model server alone, whose names many programs use. */
  readonly readBy: 'studio' | 'vlm-server'
  /** The option of the command line, as commander writes it; null for secrets, which a list of processes would show. */
  readonly flag: string | null
}

export const variableFacts = z.registry<VariableFacts>()

const OWN = { readBy: 'studio', secret: 'no' } as const
/** Of the server in `deploy/` that runs the vision-language model; the names are those of the seed system. */
const MODEL_SERVER = { readBy: 'vlm-server', secret: 'no', flag: null } as const

const MOST_ATTEMPTS = 10
/** Ten times the queue whose newest page is listed in milliseconds. */
const MOST_WAITING = 1_000_000
const MOST_REQUESTS = 1_000_000
/** RFC 6335, section 6. */
const LAST_PORT = 65_535

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(most))

const port = wholeNumber(1, LAST_PORT)
const PORT_ALLOWED = `a whole number from 1 to ${LAST_PORT}`

const webAddress = z.url({ protocol: /^https?$/ })
const webAddresses = z
  .string()
  .transform((text) => text.split(',').map((address) => address.trim()))
  .pipe(z.array(webAddress))
const WEB_ALLOWED = 'an address that begins with http:// or https://'

/** https://www.mongodb.com/docs/manual/reference/connection-string/; several hosts make it no URL, so no more is asked here. */
const mongoAddress = z.string().regex(/^mongodb(\+srv)?:\/\/[^\s/]+/)

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]
/** Names that others use for the same; https://docs.python.org/3/library/logging.html#logging-levels. */
const OTHER_LEVELS: Readonly<Record<string, LogLevel>> = { warning: 'warn', critical: 'fatal', off: 'silent' }

const logLevel = z
  .string()
  .transform((text) => OTHER_LEVELS[text.toLowerCase()] ?? text.toLowerCase())
  .pipe(z.enum(LOG_LEVELS))

/** https://datatracker.ietf.org/doc/html/rfc1123#section-2.1 for names; addresses as Node takes them. */
const host = z.string().regex(/^[\w.:-]{1,253}$/)

/** Every variable: the one place that names them. Documentation, `config` and the options of the command line come from here. */
export const environmentSchema = z.object({
  MONGO_URI: mongoAddress.optional().register(variableFacts, {
    ...OWN,
    meaning: 'The MongoDB server that holds jobs and pictures, shared by any number of workers',
    allowed: 'an address that begins with mongodb:// or mongodb+srv://',
    unset: 'jobs and pictures are kept in the data folder',
    secret: 'address',
    flag: '--mongo-uri <address>'
  }),
  VLLM_SERVER_URL: webAddress.optional().register(variableFacts, {
    ...OWN,
    meaning: 'The vLLM server that writes briefs and judges pictures',
    allowed: WEB_ALLOWED,
    unset: 'no remote vision-language model; no port is guessed',
    secret: 'address',
    flag: '--vllm-server-url <address>'
  }),
  VLLM_API_KEY: z
    .string()
    .optional()
    .register(variableFacts, {
      ...OWN,
      meaning: 'The key that the vLLM server asks for',
      allowed: 'any text',
      unset: 'no key is sent',
      secret: 'whole',
      flag: null
    }),
  FLUX_SERVER_URL: webAddresses.default([]).register(variableFacts, {
    ...OWN,
    meaning:
      'The Flux server that generates pictures, or several: each picture is made by the one with the least to do',
    allowed: 'addresses that begin with http:// or https://, with commas between them',
    unset: 'no remote generator; no port is guessed',
    secret: 'address',
    flag: '--flux-server-url <address>'
  }),
  FLUX_API_KEY: z
    .string()
    .optional()
    .register(variableFacts, {
      ...OWN,
      meaning: 'The key that the Flux servers ask for',
      allowed: 'any text',
      unset: 'no key is sent',
      secret: 'whole',
      flag: null
    }),
  HF_ENDPOINT: webAddress.default('https://huggingface.co').register(variableFacts, {
    ...OWN,
    meaning: 'The hub that models are downloaded from, e.g. a mirror',
    allowed: WEB_ALLOWED,
    unset: 'https://huggingface.co',
    secret: 'address',
    flag: null
  }),
  HF_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .optional()
    .register(variableFacts, {
      ...OWN,
      meaning: 'The token of an account at the hub, for models that ask for one',
      allowed: 'a token without blanks',
      unset: 'models are asked for without an account',
      secret: 'whole',
      flag: null
    }),
  MAX_ATTEMPTS: wholeNumber(1, MOST_ATTEMPTS)
    .default(3)
    .register(variableFacts, {
      ...OWN,
      meaning: 'How often a job is tried where its order does not say',
      allowed: `a whole number from 1 to ${MOST_ATTEMPTS}`,
      unset: '3',
      flag: '--max-attempts <n>'
    }),
  APEX_HOST: host.default('127.0.0.1').register(variableFacts, {
    ...OWN,
    meaning: 'The address that `serve` listens at; any but a loopback address needs API keys',
    allowed: 'an IP address or a host name of this machine',
    unset: '127.0.0.1',
    flag: '--host <address>'
  }),
  APEX_PORT: wholeNumber(0, LAST_PORT)
    .optional()
    .register(variableFacts, {
      ...OWN,
      meaning: 'The port that `serve` listens at',
      allowed: `${PORT_ALLOWED}, or 0 for any that is free`,
      unset: '8001, or for a server of another role its own',
      flag: '--port <n>'
    }),
  APEX_ALLOW_HOST: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(host))
    .default([])
    .register(variableFacts, {
      ...OWN,
      meaning: 'Further names that the server of `serve` is called by, e.g. behind a proxy',
      allowed: 'names of hosts with commas between them',
      unset: 'only its own',
      flag: '--allow-host <name...>'
    }),
  APEX_PRIVATE_WEBHOOKS: z
    .enum(['yes', 'no'])
    .default('no')
    .transform((word) => word === 'yes')
    .register(variableFacts, {
      ...OWN,
      meaning: 'Whether webhooks may lie in private networks, such as the machine itself',
      allowed: 'yes or no',
      unset: 'no',
      flag: null
    }),
  APEX_QUEUE_LENGTH: wholeNumber(1, MOST_WAITING)
    .default(10_000)
    .register(variableFacts, {
      ...OWN,
      meaning: 'How many jobs may wait before `serve` refuses more',
      allowed: `a whole number from 1 to ${MOST_WAITING}`,
      unset: '10000',
      flag: '--queue-length <n>'
    }),
  APEX_REQUESTS_PER_MINUTE: wholeNumber(0, MOST_REQUESTS)
    .optional()
    .register(variableFacts, {
      ...OWN,
      meaning: 'How many requests each caller of `serve` has in a minute',
      allowed: `a whole number from 1 to ${MOST_REQUESTS}, or 0 for no limit`,
      unset: 'no limit at a loopback address, 1200 at any other',
      flag: '--requests-per-minute <n>'
    }),
  APEX_DATA_FOLDER: z
    .string()
    .optional()
    .register(variableFacts, {
      ...OWN,
      meaning: 'Where jobs, pictures, logs and caches are kept',
      allowed: 'a folder; it is made where it is not there',
      unset: 'the place for data of programs that the system has',
      flag: '--data <folder>'
    }),
  APEX_RESOURCES: z
    .string()
    .optional()
    .register(variableFacts, {
      ...OWN,
      meaning: 'Where the built-in models and places are',
      allowed: 'a folder',
      unset: 'the folder that comes with the program',
      flag: '--resources <folder>'
    }),
  APEX_VLM_MODEL: z
    .string()
    .min(1)
    .optional()
    .register(variableFacts, {
      ...OWN,
      meaning: 'The vision-language model on this machine that is used',
      allowed: 'the name of one that is installed, or the folder of one',
      unset: 'the largest that is installed and fits into memory',
      flag: '--model <name>'
    }),
  LOG_LEVEL: logLevel.default('info').register(variableFacts, {
    ...OWN,
    meaning: 'How much is logged',
    allowed: LOG_LEVELS.join(', '),
    unset: 'info',
    flag: '--log-level <level>'
  }),
  MODEL: z
    .string()
    .default('HuggingFaceTB/SmolVLM2-2.2B-Instruct')
    .register(variableFacts, {
      ...MODEL_SERVER,
      meaning: 'The model that the vLLM server loads, and that the studio asks it for',
      allowed: 'a name on the Hugging Face hub, or a folder',
      unset: 'HuggingFaceTB/SmolVLM2-2.2B-Instruct'
    }),
  PORT: port.default(12_000).register(variableFacts, {
    ...MODEL_SERVER,
    meaning: 'The port that the vLLM server listens at',
    allowed: PORT_ALLOWED,
    unset: '12000'
  }),
  API_KEY: z
    .string()
    .optional()
    .register(variableFacts, {
      ...MODEL_SERVER,
      meaning: 'The key that the vLLM server asks its clients for; theirs is VLLM_API_KEY',
      allowed: 'any text',
      unset: 'the server asks for none',
      secret: 'whole'
    }),
  MAX_SEQ_LENGTH: wholeNumber(1024, 1_048_576)
    .default(36_000)
    .register(variableFacts, {
      ...MODEL_SERVER,
      meaning: 'The longest conversation that the vLLM server takes, in tokens',
      allowed: 'a whole number from 1024 to 1048576',
      unset: '36000'
    }),
  GPU_UTIL: z
    .string()
    .regex(/^\d*\.?\d+$/)
    .transform(Number)
    .pipe(z.number().gt(0).max(1))
    .default(0.6)
    .register(variableFacts, {
      ...MODEL_SERVER,
      meaning: 'The share of the GPU’s memory that the vLLM server takes',
      allowed: 'a number above 0, 1 at most',
      unset: '0.6'
    })
})

export type VariableName = keyof typeof environmentSchema.shape

export const VARIABLE_NAMES = environmentSchema.keyof().options

export function factsOf(name: VariableName): VariableFacts {
  const facts = variableFacts.get(environmentSchema.shape[name])
  if (!facts) throw new Error(`${name} has no facts.`)
  return facts
}

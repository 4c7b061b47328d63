import type { RequestRefused } from '../remote/server-fault.ts'

/** What a server takes, as far as it has shown. */
export interface ServerAbilities {
  /** How an answer is held to a JSON Schema. */
  readonly json: 'response_format' | 'structured_outputs' | 'none'
  /** Alternatives of a token whose probabilities it tells. 20 is the most that OpenAI's API and vLLM tell. */
  readonly topLogprobs: 20 | 5 | 0
  /** Pictures in one conversation; with one, several are put side by side. */
  readonly pictures: 'several' | 'one'
  /** Pixels of the longer edge of pictures that are sent. */
  readonly longEdge: number
}

/**
 * 1536 px is what SmolVLM (2.2B) makes of a picture at most: 4 tiles of 384 px
 * (https://huggingface.co/HuggingFaceTB/SmolVLM-Instruct/blob/main/preprocessor_config.json). Attempts have 1024.
 */
export const ASSUMED_ABILITIES: ServerAbilities = {
  json: 'response_format',
  topLogprobs: 20,
  pictures: 'several',
  longEdge: 1024
}

/** Below this a face cannot be judged, px. */
const SMALLEST_EDGE = 256

/** What a request made use of. */
export interface Used {
  readonly json: boolean
  readonly logprobs: boolean
  readonly pictures: number
}

const OF_PICTURES =
  /(at most|only|maximum of|limit of|up to) (1|one|a single) (image|picture)|multiple images|multi-?image/i
const OF_LENGTH =
  /context length|context window|too long|maximum .{0,40}tokens|exceeds? .{0,40}(length|tokens|size)|too large/i
const OF_JSON = /response_format|json_schema|structured|guided|grammar|schema/i
const OF_LOGPROBS = /logprob/i

/**
 * What is left to try after a refusal: first what the server's words point at, then, where they point at nothing, what
 * servers most often lack. Null where nothing is left.
 */
export function lesserAbilities(now: ServerAbilities, refusal: RequestRefused, used: Used): ServerAbilities | null {
  const { status, says } = refusal
  if (status === 404) return null
  if (status === 413 || OF_LENGTH.test(says)) return used.pictures > 0 ? smaller(now) : null
  if (OF_PICTURES.test(says) && used.pictures > 1 && now.pictures === 'several') return { ...now, pictures: 'one' }
  const lessJson = used.json ? withLessJson(now) : null
  const fewerLogprobs = used.logprobs ? withFewerLogprobs(now) : null
  if (OF_JSON.test(says)) return lessJson
  if (OF_LOGPROBS.test(says)) return fewerLogprobs
  return lessJson ?? fewerLogprobs
}

function smaller(now: ServerAbilities): ServerAbilities | null {
  const longEdge = Math.round(now.longEdge / 2)
  return longEdge < SMALLEST_EDGE ? null : { ...now, longEdge }
}

function withLessJson(now: ServerAbilities): ServerAbilities | null {
  switch (now.json) {
    case 'response_format':
      return { ...now, json: 'structured_outputs' }
    case 'structured_outputs':
      return { ...now, json: 'none' }
    case 'none':
      return null
  }
}

function withFewerLogprobs(now: ServerAbilities): ServerAbilities | null {
  switch (now.topLogprobs) {
    case 20:
      return { ...now, topLogprobs: 5 }
    case 5:
      return { ...now, topLogprobs: 0 }
    case 0:
      return null
  }
}

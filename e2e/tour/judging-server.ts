import sharp from 'sharp'
import {
  type AskedChat,
  type ChatServer,
  openChatServer,
  type Reply
} from '../../src/main/testing/chat-server.fixture.ts'

/** Tokens that an answer of yes or no may have at most. */
const ONE_WORD = 4
const YES = { yes: 0.88, no: 0.1 }
const NO = { yes: 0.08, no: 0.9 }
/** Red over blue, of the mean colour, from which a picture counts as warm and up to which as cool. */
const WARM = 1.35
const COOL = 1.05

/**
 * A small judge on a server: it sees warm and cool pictures, dark ones and which of two is smoother, is content with all
 * else, and writes what it is asked for. So its calibration takes most of its votes and leaves some.
 */
export const openJudgingServer = (): Promise<ChatServer> =>
  openChatServer({ script: smallJudge, models: ['studio/small-judge'] })

async function smallJudge(asked: AskedChat): Promise<Reply> {
  if (asked.max_tokens <= ONE_WORD) return await answer(asked)
  if (asked.system.includes('You write the brief')) {
    return JSON.stringify({ person: ['short hair'], prompt: BRIEF })
  }
  return asked.system.includes('You correct prompts') ? JSON.stringify({ repairs: [] }) : report(asked.text)
}

const BRIEF =
  'Keep the face, hair, skin and expression of the person exactly as photographed, and the clothes as they are. Set the person in front of a city skyline out of focus. Light the face with soft window light from one side, with a slow fall-off, in a neutral mood with true colours. A professional LinkedIn profile portrait, confident and composed, 85 mm lens at eye level.'

const NEGATED =
  /unsuitable|something other|other than|another|two different|missing|deformed|a malformed|strained|show blur/

async function answer({ text, pictures }: AskedChat) {
  const last = pictures.at(-1) ?? Buffer.alloc(0)
  if (text.includes('better portrait')) {
    const [first = 0, second = 0] = await Promise.all(pictures.map(roughness))
    return first < second === text.includes('first picture') ? YES : NO
  }
  const about = (is: boolean) => (is === NEGATED.test(text) ? NO : YES)
  const [isWarm, isCool, isDark] = await looks(last)
  if (/warm/.test(text)) return about(isWarm)
  if (/cool/.test(text)) return about(isCool)
  if (/low-key|dramatic/.test(text)) return about(isDark)
  if (/flash/.test(text)) return about(!isDark)
  return about(true)
}

async function looks(picture: Buffer): Promise<[isWarm: boolean, isCool: boolean, isDark: boolean]> {
  const { channels } = await sharp(picture).stats()
  const [red = 0, green = 0, blue = 1] = channels.map(({ mean }) => mean)
  return [red / blue >= WARM, red / blue <= COOL, green < 70]
}

/** Mean difference of neighbours: more of it is grain. */
async function roughness(picture: Buffer): Promise<number> {
  const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true })
  let sum = 0
  for (let at = info.width; at < data.length; at++) sum += Math.abs((data[at] ?? 0) - (data[at - info.width] ?? 0))
  return sum / data.length
}

/** Says of each attempt what the ledger that it is shown says failed. */
function report(task: string): string {
  const attempts = task.split(/^(?=Attempt \d+, )/m).flatMap((part) => {
    const number = /^Attempt (\d+), /.exec(part)?.[1]
    const failed = [...part.matchAll(/^- (\S+) \((.+)\): failed/gm)].map(([, id = '', label = '']) => ({ id, label }))
    return number === undefined ? [] : [{ number: Number(number), failed }]
  })
  const ids = [...new Set(attempts.flatMap(({ failed }) => failed.map(({ id }) => id)))]
  return JSON.stringify({
    summary: 'The grain of the photo stayed in every attempt.',
    summaryCriteria: ids,
    attempts: attempts.map(({ number, failed }) => ({
      attempt: number,
      criteria: failed.map(({ id }) => id),
      analysis: `What failed: ${failed.map(({ label }) => label).join(', ')}.`
    })),
    rootCauses: [{ criteria: ids, cause: 'The photo was taken in too little light.' }],
    recommendations: [{ criteria: ids, advice: 'Take the photo again with more light, or ask less of the grain.' }]
  })
}

import type { TinyMarks } from './tiny-layout.ts'
import type { AnswerPart, TinyVlm } from './tiny-vlm.ts'

export interface Vocabulary {
  readonly size: number
  /** Ends an answer, and what one follows. */
  readonly end: number
  readonly reply: number
  /** @throws RangeError for a token that there is none of. */
  id(content: string): number
  /** A word as it stands after a blank, and at the start of a text; both mean it. */
  idsOfWord(word: string): readonly number[]
  readonly tokenizer: object
}

/** Bytes, the words of questions, and every part of an answer as one token. */
export function vocabularyOf(model: TinyVlm, { turn, end, image, reply, others }: TinyMarks): Vocabulary {
  const spoken = model.answers.flatMap(({ parts }) => parts.flatMap(textsOf))
  const words = [
    ...['Yes', 'yes', 'No', 'no'],
    ...model.answers.map(({ when }) => when),
    ...model.sights.map(({ word }) => word),
    ...model.negations
  ]
  const plain = [...byteCharacters(), ...new Set(words.flatMap((word) => [word, `${BLANK}${word}`]))]
  const special = [turn, end, image, ...others]
  const added = [...special, reply, ...new Set(spoken)]
  const ids = new Map([...plain, ...added].map((content, id) => [content, id]))
  const id = (content: string) => {
    const found = ids.get(content)
    if (found === undefined) throw new RangeError(`The vocabulary has no "${content}".`)
    return found
  }
  return {
    size: ids.size,
    end: id(end),
    reply: id(reply),
    id,
    idsOfWord: (word) => [id(word), id(`${BLANK}${word}`)],
    tokenizer: tokenizerOf(plain, added, new Set<string>(special), id)
  }
}

/** How byte-level BPE writes a blank. */
const BLANK = 'Ġ'

/** The characters that byte-level BPE writes bytes with: GPT-2, https://github.com/openai/gpt-2/blob/master/src/encoder.py */
function byteCharacters(): string[] {
  const shown = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff)
  let next = 256
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(shown(byte) ? byte : next++))
}

function tokenizerOf(
  plain: readonly string[],
  added: readonly string[],
  special: ReadonlySet<string>,
  id: (content: string) => number
) {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added.map((content) => ({
      id: id(content),
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: special.has(content)
    })),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      // Whole words are taken as they are: then there need be no merges.
      ignore_merges: true,
      vocab: Object.fromEntries(plain.map((content) => [content, id(content)])),
      merges: []
    }
  }
}

/** Everything that a part and its branches say or listen for. */
function textsOf(part: AnswerPart): string[] {
  if (typeof part === 'string') return [part]
  if ('seen' in part) return [part.say, part.otherwise]
  const options = part.oneOf.flatMap((option) =>
    typeof option === 'string' ? [option] : [option.has, option.say, ...(option.followedBy ?? []).flatMap(textsOf)]
  )
  return [...options, part.otherwise]
}

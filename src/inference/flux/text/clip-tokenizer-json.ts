import { z } from 'zod'

const vocabSchema = z.record(z.string(), z.int().nonnegative())

const START = '<|startoftext|>'
const END = '<|endoftext|>'
/** How CLIP cuts text into words (openai/CLIP, simple_tokenizer.py). */
const WORDS = "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"

/**
 * CLIP's vocabulary and merges, as the FLUX.1 repositories have them, in the form of a tokenizer.json
 * (https://huggingface.co/docs/tokenizers): lower case, bytes, words that end in `</w>`, begin and end marked.
 *
 * @throws ZodError where the vocabulary is none, RangeError where it has no marks
 */
export function clipTokenizerJson(vocabulary: unknown, merges: string): Record<string, unknown> {
  const vocab = vocabSchema.parse(vocabulary)
  const mark = (content: string) => {
    const id = vocab[content]
    if (id === undefined) throw new RangeError(`The vocabulary has no "${content}".`)
    return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }
  }
  const marks = [mark(START), mark(END)]
  return {
    version: '1.0',
    added_tokens: marks,
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
        { type: 'Lowercase' }
      ]
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: WORDS }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
      ]
    },
    post_processor: {
      type: 'RobertaProcessing',
      sep: [END, vocab[END]],
      cls: [START, vocab[START]],
      trim_offsets: false,
      add_prefix_space: false
    },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: END,
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      vocab,
      merges: merges
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#version'))
        .map((line) => line.trim())
    }
  }
}

/** Small vocabularies with the marks and the make of the real tokenizers: every byte is a word, so any text can be said. */

/** The characters that stand for bytes in byte-level BPE (openai/gpt-2, encoder.py, bytes_to_unicode). */
function byteCharacters(): string[] {
  const printable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174
  let other = 0
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : 256 + other++))
}

const QWEN_MARKS = ['<|endoftext|>', '<|im_start|>', '<|im_end|>', '<think>', '</think>']

/** tokenizer.json of Qwen's kind. */
export function qwenTokenizer(): unknown {
  const characters = byteCharacters()
  return {
    version: '1.0',
    added_tokens: QWEN_MARKS.map((content, at) => added(content, characters.length + at)),
    normalizer: { type: 'NFC' },
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: true },
    model: { type: 'BPE', unk_token: null, vocab: numbered(characters), merges: [] }
  }
}

/** vocab.json of CLIP's kind; merges.txt beside it holds its version alone. */
export function clipVocabulary(): Record<string, number> {
  const characters = byteCharacters()
  return numbered([...characters, ...characters.map((each) => `${each}</w>`), '<|startoftext|>', '<|endoftext|>'])
}

/** tokenizer.json of T5's kind: pieces by their likelihood, spaces as ▁. */
export function t5Tokenizer(): unknown {
  const letters = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at))
  const vocab = [['<pad>', 0], ['</s>', 0], ['<unk>', 0], ['▁', -2], ...letters.map((letter) => [letter, -4])]
  return {
    version: '1.0',
    added_tokens: ['<pad>', '</s>', '<unk>'].map(added),
    normalizer: { type: 'Sequence', normalizers: [{ type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' }] },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }],
      pair: [],
      special_tokens: { '</s>': { id: '</s>', ids: [1], tokens: ['</s>'] } }
    },
    decoder: { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always' },
    model: { type: 'Unigram', unk_id: 2, vocab }
  }
}

const added = (content: string, id: number) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true
})

const numbered = (words: readonly string[]) => Object.fromEntries(words.map((word, at) => [word, at]))

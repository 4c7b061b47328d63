import { visionEncoderOfTiles } from './sessions.ts'
import { type TinyLayout, textConfig } from './tiny-layout.ts'

/** Tokens that stand for one tile, and its edge in pixels; SmolVLM has 64 and 512. */
const TOKENS_OF_TILE = 4
const TILE_EDGE = 64
/** Pictures are scaled to this long edge, then cut into tiles. */
const LONG_EDGE = 128
/** Rows and columns that a picture is cut into at most, each with a token of its own. */
const MOST_TILES = 2

const tiles = Array.from({ length: MOST_TILES ** 2 }, (_, at) => {
  return `<row_${Math.floor(at / MOST_TILES) + 1}_col_${(at % MOST_TILES) + 1}>`
})

/** Names and contents as in SmolVLM, architecture Idefics3: https://huggingface.co/HuggingFaceTB/SmolVLM-256M-Instruct (Apache-2.0). */
export const SMOLVLM_LAYOUT: TinyLayout = {
  marks: {
    turn: '<|im_start|>',
    end: '<end_of_utterance>',
    image: '<image>',
    reply: 'Assistant:',
    others: ['<fake_token_around_image>', '<global-img>', ...tiles]
  },
  // Pictures stand before the text.
  chatTemplate:
    "<|im_start|>{% for message in messages %}{{ message['role'] | capitalize }}" +
    "{% if message['content'][0]['type'] == 'image' %}{{ ':' }}{% else %}{{ ': ' }}{% endif %}" +
    "{% for line in message['content'] %}{% if line['type'] == 'text' %}{{ line['text'] }}" +
    "{% elif line['type'] == 'image' %}{{ '<image>' }}{% endif %}{% endfor %}<end_of_utterance>\n{% endfor %}" +
    "{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}",
  configs: ({ size, id }, hidden) => ({
    'config.json': {
      architectures: ['Idefics3ForConditionalGeneration'],
      model_type: 'idefics3',
      image_token_id: id('<image>'),
      text_config: { model_type: 'llama', ...textConfig(size, hidden) },
      vision_config: { model_type: 'idefics3', image_size: TILE_EDGE, max_image_size: { longest_edge: TILE_EDGE } }
    },
    'preprocessor_config.json': {
      image_processor_type: 'Idefics3ImageProcessor',
      processor_class: 'Idefics3Processor',
      do_convert_rgb: true,
      do_image_splitting: true,
      do_normalize: true,
      do_pad: true,
      do_rescale: true,
      do_resize: true,
      image_mean: [0.5, 0.5, 0.5],
      image_std: [0.5, 0.5, 0.5],
      max_image_size: { longest_edge: TILE_EDGE },
      resample: 1,
      rescale_factor: 1 / 255,
      size: { longest_edge: LONG_EDGE }
    },
    'processor_config.json': { image_seq_len: TOKENS_OF_TILE, processor_class: 'Idefics3Processor' }
  }),
  visionEncoder: (weights) => visionEncoderOfTiles(TOKENS_OF_TILE, weights),
  positionAxes: 1
}

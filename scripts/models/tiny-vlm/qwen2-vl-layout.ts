import { visionEncoderOfPatches } from './sessions.ts'
import { type TinyLayout, textConfig } from './tiny-layout.ts'

/** Pixels along a patch, patches along what becomes one token, and frames of a film in one; as in Qwen2-VL. */
const PATCH = 14
const MERGED = 2
const FRAMES = 2
/** A picture has 64 tokens at most; Qwen2-VL's takes 16384. */
const MOST_TOKENS = 64
const PIXELS_OF_TOKEN = (PATCH * MERGED) ** 2

/** Names and contents as in https://huggingface.co/Qwen/Qwen2-VL-2B-Instruct (Apache-2.0). */
export const QWEN2_VL_LAYOUT: TinyLayout = {
  marks: {
    turn: '<|im_start|>',
    end: '<|im_end|>',
    image: '<|image_pad|>',
    reply: 'assistant\n',
    others: ['<|endoftext|>', '<|vision_start|>', '<|vision_end|>', '<|video_pad|>']
  },
  chatTemplate:
    "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}" +
    "{{ '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n' }}{% endif %}" +
    "{{ '<|im_start|>' + message['role'] + '\n' }}{% for line in message['content'] %}" +
    "{% if line['type'] == 'image' %}{{ '<|vision_start|><|image_pad|><|vision_end|>' }}" +
    "{% else %}{{ line['text'] }}{% endif %}{% endfor %}{{ '<|im_end|>\n' }}{% endfor %}" +
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
  configs: ({ size, id }, hidden) => ({
    'config.json': {
      architectures: ['Qwen2VLForConditionalGeneration'],
      model_type: 'qwen2_vl',
      ...textConfig(size, hidden),
      image_token_id: id('<|image_pad|>'),
      video_token_id: id('<|video_pad|>'),
      vision_start_token_id: id('<|vision_start|>'),
      vision_end_token_id: id('<|vision_end|>'),
      rope_scaling: { type: 'mrope', mrope_section: [16, 24, 24] },
      vision_config: { model_type: 'qwen2_vl', patch_size: PATCH, spatial_merge_size: MERGED, hidden_size: hidden }
    },
    'preprocessor_config.json': {
      image_processor_type: 'Qwen2VLImageProcessor',
      processor_class: 'Qwen2VLProcessor',
      do_convert_rgb: true,
      do_normalize: true,
      do_rescale: true,
      do_resize: true,
      image_mean: [0.5, 0.5, 0.5],
      image_std: [0.5, 0.5, 0.5],
      min_pixels: 4 * PIXELS_OF_TOKEN,
      max_pixels: MOST_TOKENS * PIXELS_OF_TOKEN,
      merge_size: MERGED,
      patch_size: PATCH,
      temporal_patch_size: FRAMES,
      resample: 3,
      rescale_factor: 1 / 255
    }
  }),
  visionEncoder: (weights) => visionEncoderOfPatches({ merged: MERGED, values: FRAMES * PATCH ** 2 }, weights),
  positionAxes: 3
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../errors.ts'
import {
  fillPrompt,
  MOST_PROMPT_CHARACTERS,
  PROMPT_NAMES,
  PROMPT_PLACEHOLDERS,
  parsePrompt
} from './prompt-template.ts'

const SOUND = `<!-- version 3 -->
# Instructions
You correct prompts.

# Task
{{order}} {{prompt}} {{failed}}
`

function refused(text: string): StudioError {
  try {
    parsePrompt('tune', text)
  } catch (thrown) {
    if (thrown instanceof StudioError) return thrown
    throw thrown
  }
  throw new Error('It was taken.')
}

describe('a prompt template', () => {
  it('has a version, instructions and a task, whatever ends its lines', () => {
    for (const text of [SOUND, SOUND.replaceAll('\n', '\r\n')]) {
      expect(parsePrompt('tune', text)).toEqual({
        version: 3,
        instructions: 'You correct prompts.',
        text: '{{order}} {{prompt}} {{failed}}'
      })
    }
  })

  it.each([
    [
      'a placeholder that nothing fills in',
      SOUND.replace('{{order}}', '{{order}} {{photo}}'),
      '{{photo}}',
      '{{failed}}'
    ],
    ['a misspelt one', SOUND.replace('{{failed}}', '{{failed}} {{Order}}'), '{{Order}}', '{{order}}'],
    ['one with spaces in it', SOUND.replace('{{order}}', '{{order}} {{ order }}'), '{{ order }}', '{{order}}'],
    ['a missing one', SOUND.replace('{{failed}}', ''), 'lacks {{failed}}', '{{failed}}'],
    // Words of the order would stand among what the model is to obey.
    ['one among its instructions', SOUND.replace('You', '{{order}} You'), 'instructions', '# Task'],
    ['no task', SOUND.slice(0, SOUND.indexOf('# Task')), '# Task', '<!-- version 1 -->'],
    ['no end', SOUND.padEnd(MOST_PROMPT_CHARACTERS + 1, '.'), 'characters', `${MOST_PROMPT_CHARACTERS}`]
  ])('is refused with %s, and a hint says what may be there', (_what, text, says, hint) => {
    const error = refused(text)
    expect(error.code).toBe('prompt-invalid')
    expect(error.message).toContain(says)
    expect(error.hint).toContain(hint)
  })

  it('is taken or refused with a code, whatever it is', () => {
    const pieces = fc.constantFrom('<!-- version 1 -->', '\n', '# Instructions', '# Task', '{{order}}', '{{', '}}', 'a')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join(''))
        ),
        (text) => {
          for (const name of PROMPT_NAMES) {
            try {
              const { text: task } = parsePrompt(name, text)
              for (const placeholder of PROMPT_PLACEHOLDERS[name]) expect(task).toContain(`{{${placeholder}}}`)
            } catch (thrown) {
              expect(thrown).toBeInstanceOf(StudioError)
            }
          }
        }
      )
    )
  })

  it('is filled in one go: what is filled in is never itself filled', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (order, prompt) => {
        expect(fillPrompt('a {{order}} b {{prompt}} c', { order, prompt })).toBe(`a ${order} b ${prompt} c`)
      })
    )
    expect(fillPrompt('{{order}}', { order: '{{prompt}}', prompt: 'no' })).toBe('{{prompt}}')
  })
})

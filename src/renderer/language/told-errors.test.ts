import { describe, expect, it } from 'vitest'
import { ADVICE } from '../../domain/error-advice.ts'
import { errorCodeSchema, StudioError, toStudioError } from '../../domain/errors.ts'
import { say } from '../../domain/sentences/say.ts'
import { GERMAN_ERRORS } from './de/errors.ts'
import { errorInGerman, inGerman } from './told.ts'

describe('errors in German', () => {
  it.each(errorCodeSchema.options)('say what %s means and what to do', (code) => {
    const { message, hint } = errorInGerman(new StudioError(code, 'It is odd.'))
    expect(message).toBe(`${GERMAN_ERRORS[code].message} (It is odd.)`)
    expect(hint).toBe(GERMAN_ERRORS[code].hint)
    expect(hint).not.toBe(ADVICE[code])
    for (const text of [GERMAN_ERRORS[code].message, hint]) expect(text.trim().length).toBeGreaterThan(10)
  })

  it('are told in their own words where the studio knows them, with names and addresses as they are', () => {
    const missing = Object.assign(new Error('no'), { code: 'ENOENT', path: '/photos/2024.05.01, Anna.jpg' })
    expect(errorInGerman(toStudioError(missing)).message).toBe('„/photos/2024.05.01, Anna.jpg“ gibt es nicht.')
    const refused = new StudioError(
      'engine-unavailable',
      say('error-server-refuses', { where: 'http://10.0.0.7:8000 (VLLM_SERVER_URL)' }),
      { hint: say('hint-vllm-key') }
    )
    expect(errorInGerman(refused)).toEqual({
      code: 'engine-unavailable',
      message: 'Der Server http://10.0.0.7:8000 (VLLM_SERVER_URL) lässt das Studio nicht ein.',
      hint: 'Setzen Sie VLLM_API_KEY auf den Schlüssel, mit dem der Server gestartet wurde (sein API_KEY).'
    })
  })

  it('are told with their figures, and with what the engine did', () => {
    const room = say('error-model-room', { model: 'FLUX.1-schnell', needed: '23.4 GB', free: '8.1 GB' })
    expect(inGerman(room)).toBe('FLUX.1-schnell braucht 23,4 GB; frei sind 8,1 GB.')
    const doing = say('engine-worked-on', { task: 'generate' })
    const crashed = say('error-engine-ended', { doing, how: 'signal SIGSEGV' })
    expect(inGerman(crashed)).toBe('Das Modell ist abgestürzt, während es an „generate“ arbeitete (signal SIGSEGV).')
    expect(inGerman(say('tried-again-once', { error: crashed }))).not.toMatch(/engine|ended/)
  })
})

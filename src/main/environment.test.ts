import { describe, expect, it } from 'vitest'
import { readEnvironment } from './environment.ts'

describe('readEnvironment', () => {
  it('asks for nothing', () => {
    expect(readEnvironment({})).toEqual({
      maxAttempts: 3,
      mongoUri: undefined,
      dataFolder: undefined,
      resources: undefined
    })
  })

  it('takes an empty variable for one that is not set', () => {
    expect(readEnvironment({ MAX_ATTEMPTS: '', MONGO_URI: ' ' })).toMatchObject({ maxAttempts: 3, mongoUri: undefined })
  })

  it('reads the seed system’s variables', () => {
    expect(readEnvironment({ MAX_ATTEMPTS: '5', MONGO_URI: 'mongodb://localhost:27017/' })).toMatchObject({
      maxAttempts: 5,
      mongoUri: 'mongodb://localhost:27017/'
    })
  })

  it.each(['0', '11', 'three', '2.5'])('refuses MAX_ATTEMPTS=%s by name', (value) => {
    expect(() => readEnvironment({ MAX_ATTEMPTS: value })).toThrow(
      expect.objectContaining({ code: 'option-invalid', message: expect.stringContaining('MAX_ATTEMPTS') })
    )
  })
})

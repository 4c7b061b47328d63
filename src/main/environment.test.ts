import { describe, expect, it } from 'vitest'
import { effectiveVariables } from './environment/effective-variables.ts'
import { readEnvironment } from './environment.ts'

const file = (variables: Record<string, string>) => ({ path: '/settings/.env', variables })

describe('readEnvironment', () => {
  it('asks for nothing, and guesses at no server', () => {
    expect(readEnvironment({})).toEqual({
      maxAttempts: 3,
      mongoUri: undefined,
      vllmServerUrl: undefined,
      vllmApiKey: undefined,
      vllmModel: { name: 'HuggingFaceTB/SmolVLM2-2.2B-Instruct', isNamed: false },
      fluxServerUrls: [],
      fluxApiKey: undefined,
      hub: { endpoint: 'https://huggingface.co', token: undefined },
      vlmServer: { port: 12_000, contextLength: 36_000, memoryShare: 0.6 },
      localVlm: undefined,
      apiKey: undefined,
      host: '127.0.0.1',
      port: undefined,
      allowedHosts: [],
      privateWebhooks: false,
      queueLength: 10_000,
      requestsPerMinute: undefined,
      dataFolder: undefined,
      resources: undefined,
      logLevel: 'info',
      secrets: []
    })
  })

  it('takes an empty value for none, also of a flag', () => {
    const sources = {
      flags: { MAX_ATTEMPTS: '' },
      variables: { MAX_ATTEMPTS: ' ', MONGO_URI: ' ' },
      file: file({ MAX_ATTEMPTS: '7' })
    }
    expect(readEnvironment(sources)).toMatchObject({ maxAttempts: 7, mongoUri: undefined })
  })

  it('reads the seed system’s variables', () => {
    const variables = {
      VLLM_SERVER_URL: 'http://localhost:12000',
      FLUX_SERVER_URL: 'http://localhost:8000',
      VLLM_API_KEY: 'of-the-server',
      MONGO_URI: 'mongodb://localhost:27017/',
      MAX_ATTEMPTS: '5'
    }
    expect(readEnvironment({ variables })).toMatchObject({
      vllmServerUrl: 'http://localhost:12000',
      fluxServerUrls: ['http://localhost:8000'],
      vllmApiKey: 'of-the-server',
      mongoUri: 'mongodb://localhost:27017/',
      maxAttempts: 5,
      secrets: ['of-the-server']
    })
  })

  it('prefers flags to the environment, the environment to the file, the file to the default', () => {
    const all = { flags: { APEX_PORT: '1' }, variables: { APEX_PORT: '2' }, file: file({ APEX_PORT: '3' }) }
    expect(readEnvironment(all).port).toBe(1)
    expect(readEnvironment({ ...all, flags: {} }).port).toBe(2)
    expect(readEnvironment({ file: all.file }).port).toBe(3)
    expect(readEnvironment({}).port).toBeUndefined()
  })

  it.each([
    ['MAX_ATTEMPTS', '0'],
    ['MAX_ATTEMPTS', '11'],
    ['MAX_ATTEMPTS', 'three'],
    ['MAX_ATTEMPTS', '2.5'],
    ['MAX_ATTEMPTS', '1e1'],
    ['MONGO_URI', 'localhost:27017'],
    ['MONGO_URI', 'postgres://localhost/'],
    ['VLLM_SERVER_URL', 'localhost:12000'],
    ['FLUX_SERVER_URL', 'ftp://flux'],
    ['APEX_PORT', '65536'],
    ['APEX_QUEUE_LENGTH', '0'],
    ['APEX_REQUESTS_PER_MINUTE', '-1'],
    ['APEX_ALLOW_HOST', 'studio.example,,http://x'],
    ['APEX_HOST', 'http://0.0.0.0'],
    ['LOG_LEVEL', 'loud']
  ])('refuses %s=%s by name, with what was given and what is allowed', (name, value) => {
    const allowed = effectiveVariables({}).find((each) => each.name === name)?.allowed ?? '?'
    expect(() => readEnvironment({ variables: { [name]: value } })).toThrow(
      expect.objectContaining({
        code: 'environment-invalid',
        message: `${name} is "${value}" (environment); allowed is ${allowed}.`,
        hint: expect.stringContaining(`Without ${name}: `)
      })
    )
  })

  it('names every wrong variable at once, and where each came from', () => {
    const sources = { flags: { LOG_LEVEL: 'loud' }, file: file({ MAX_ATTEMPTS: '99' }) }
    expect(() => readEnvironment(sources)).toThrow(
      /MAX_ATTEMPTS is "99" \(\/settings\/\.env\).*LOG_LEVEL is "loud" \(command line\)/
    )
  })

  it('shows no password of an address that it refuses', () => {
    const refused = () => readEnvironment({ variables: { VLLM_SERVER_URL: 'ftp://anna:s3cret@vllm' } })
    expect(refused).toThrow('VLLM_SERVER_URL is "ftp://anna:***@vllm"')
  })

  it('does not stop for what only the model server reads', () => {
    const sources = { variables: { PORT: 'ttyS0', MODEL: 'any/model' } }
    expect(readEnvironment(sources).port).toBeUndefined()
    const port = effectiveVariables(sources).find(({ name }) => name === 'PORT')
    expect(port).toMatchObject({ valid: false, shown: 'ttyS0', origin: 'environment' })
  })

  it.each([
    ['INFO', 'info'],
    ['WARNING', 'warn'],
    ['critical', 'fatal']
  ])('takes LOG_LEVEL=%s for %s', (given, level) => {
    expect(readEnvironment({ variables: { LOG_LEVEL: given } }).logLevel).toBe(level)
  })
})

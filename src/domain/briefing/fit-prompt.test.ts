import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Brief, Repair } from '../brief.ts'
import { DELIVERY_PROFILES } from '../delivery-profile.ts'
import type { BriefRequest } from '../engine.ts'
import { CATALOGUE, PARAMETER_NAMES, parseParameters } from '../parameters/parameters.ts'
import { writePrompt } from '../rules/prompt.ts'
import { wordsOf } from '../rules/prompt-phrases.ts'
import { engine } from '../rules/sample-job.fixture.ts'
import { mentions } from './check-prompt.ts'
import { fitPrompt } from './fit-prompt.ts'
import { MOST_UNMEASURED_WORDS } from './prompt-length.ts'

const context = { signal: new AbortController().signal, onProgress: () => {} }
const LONG_NOTES = 'The client likes a calm look. Keep the ring. '.repeat(8).trim()

function request(most: number | null, notes = '', generator = engine('generative', 'flux2-klein')): BriefRequest {
  const parameters = parseParameters({ attire: 'business_formal', background: 'white', lighting: 'soft', notes })
  return {
    references: [],
    inspections: [],
    parameters,
    profile: DELIVERY_PROFILES[parameters.purpose],
    generator,
    ...(most !== null && {
      promptLength: async (prompt) => ({ length: prompt.length, most, unit: 'tokens' })
    })
  }
}

const byRules = ({ parameters, profile }: BriefRequest): Brief => ({
  prompt: writePrompt(parameters, profile),
  settings: {},
  repairs: []
})

const repair = (to: string): Repair => ({ criterion: 'sharpness', setting: 'prompt', from: null, to, reason: 'Why.' })

describe('fitPrompt', () => {
  it('leaves a prompt as it is that the generator reads to its end', async () => {
    const order = request(10_000, LONG_NOTES)
    const brief = byRules(order)
    expect(await fitPrompt(brief, order, context)).toBe(brief)
  })

  it('spares words of craft before the client’s, and says so', async () => {
    const order = request(700, 'Keep the ring.')
    const brief = { ...byRules(order), note: 'It was mended.' }
    const most = brief.prompt.length - 1
    const fitted = await fitPrompt(brief, { ...order, ...request(most, 'Keep the ring.') }, context)
    expect(fitted.prompt.length).toBeLessThanOrEqual(most)
    expect(fitted.prompt).toContain('“Keep the ring.”')
    expect(fitted.note).toBe(
      `It was mended. The prompt was shortened. It has ${brief.prompt.length} tokens by the tokenizer of the generator, which reads ${most}.`
    )
  })

  it('cuts the end of the client’s notes where the order needs the room', async () => {
    const { prompt: plain } = byRules(request(null))
    const order = request(plain.length + 60, LONG_NOTES)
    const { prompt } = await fitPrompt(byRules(order), order, context)
    expect(prompt.length).toBeLessThanOrEqual(plain.length + 60)
    expect(prompt).toContain('“The client likes')
    for (const name of PARAMETER_NAMES) expect(mentions(prompt, wordsOf(name, order.parameters))).toBe(true)
  })

  it('keeps what the next attempt is made for, and forgets what others were made for first', async () => {
    const order = request(null, 'Keep the ring.')
    const [old, fresh] = [repair('Both eyes are open and look into the lens.'), repair('The eyes are tack sharp.')]
    const first = byRules(order)
    const brief = { ...first, prompt: `${first.prompt} ${old.to} ${fresh.to}`, repairs: [fresh] }
    const history = [first, { ...first, repairs: [old] }]
    const atMost = async (most: number) =>
      (await fitPrompt(brief, { ...order, ...request(most, 'Keep the ring.'), history }, context)).prompt
    const shortest = await atMost(1)
    expect(shortest).toContain(fresh.to)
    expect(shortest).not.toContain('look into the lens')
    // With a little less room than all, a sentence of craft goes and both repairs stay.
    expect(await atMost(brief.prompt.length - 1)).toContain(old.to)
  })

  it('counts words where the generator tells no tokenizer, and leaves the one alone that reads none', async () => {
    const order = request(null)
    const wordy = { ...byRules(order), prompt: `${byRules(order).prompt} ${'Nothing else matters. '.repeat(100)}` }
    const { prompt, note } = await fitPrompt(wordy, order, context)
    expect(prompt.split(/\s+/).length).toBeLessThanOrEqual(MOST_UNMEASURED_WORDS)
    expect(note).toContain(`is sent ${MOST_UNMEASURED_WORDS}`)
    const retouch = request(10, '', engine('photographic', 'retouch'))
    expect(await fitPrompt(wordy, retouch, context)).toBe(wordy)
  })

  it('never loses a parameter, however little room there is and whatever was ordered', async () => {
    const ids = (name: keyof typeof CATALOGUE) => fc.constantFrom(...CATALOGUE[name].map(({ id }) => id))
    const anyOrder = fc.record({ purpose: ids('purpose'), attire: ids('attire'), background: ids('background') })
    await fc.assert(
      fc.asyncProperty(anyOrder, fc.string(), fc.nat(800), async (chosen, notes, most) => {
        const parameters = parseParameters({ ...chosen, notes })
        const order = { ...request(most + 1), parameters, profile: DELIVERY_PROFILES[parameters.purpose] }
        const brief = byRules(order)
        const { prompt } = await fitPrompt(brief, order, context)
        expect(prompt.length).toBeLessThanOrEqual(brief.prompt.length)
        for (const name of PARAMETER_NAMES) expect(mentions(prompt, wordsOf(name, parameters))).toBe(true)
      })
    )
  })
})

import type { PlantedFlaw } from '../../../domain/judging/planted-flaw.ts'
import type { JudgeQuestion } from '../../../domain/judging/question.ts'
import type { KnownQuestion } from './canary.ts'
import type { CanaryOrder } from './canary-portrait.ts'

/** A question that an order leads to, and its right answer. */
export interface PlainTruth {
  readonly ordered: CanaryOrder
  readonly id: JudgeQuestion['id']
  readonly truth: KnownQuestion['truth']
}

const flawed = (id: JudgeQuestion['id'], ordered: CanaryOrder = {}): PlainTruth => ({ ordered, id, truth: 'flawed' })
const sound = (id: JudgeQuestion['id'], ordered: CanaryOrder): PlainTruth => ({ ordered, id, truth: 'sound' })

/**
 * What is plainly so of a portrait spoilt in one way. Where another value of an order would be right both are asked, and
 * the same is asked of a picture where it is wrong: a judge that goes by the words alone gets half of them.
 */
export const SPOILT: Readonly<Record<PlantedFlaw, readonly PlainTruth[]>> = {
  'out-of-focus': [flawed('vlm:artefacts')],
  smear: [flawed('vlm:artefacts')],
  'pasted-patch': [flawed('vlm:artefacts')],
  'twisted-face': [flawed('vlm:face')],
  grimace: [flawed('vlm:expression')],
  'other-clothes': [flawed('vlm:attire', { attire: 'as_photographed' })],
  'side-light': [sound('vlm:lighting', { lighting: 'dramatic' }), flawed('vlm:lighting', { lighting: 'flash' })],
  'flat-light': [flawed('vlm:lighting', { lighting: 'dramatic' })],
  'warm-cast': [sound('vlm:mood', { mood: 'warm' }), flawed('vlm:mood', { mood: 'cool' })],
  'cool-cast': [sound('vlm:mood', { mood: 'cool' }), flawed('vlm:mood', { mood: 'warm' })]
}

import type { Region } from '../../domain/criterion.ts'
import { say } from '../../domain/sentences/say.ts'
import { decided } from './row.ts'
import type { Measurement, Scene } from './scene.ts'

function across({ picture }: Scene, y: number, label: string): Region {
  return { shape: 'line', label, from: { x: 0, y }, to: { x: picture.raster.width, y } }
}

/** Chin to crown, hair and hat included, as a share of the picture's height. */
export const headHeight: Measurement = {
  question: { id: 'head-height', question: say('asks-head-height'), unit: '%' },
  measure(scene) {
    const { profile, subject, picture } = scene
    const { crown, chin, height, cut } = subject.head
    return decided(this.question, {
      value: percent(height / picture.raster.height),
      band: percentBand(profile.bands.headHeight),
      ideal: percent(profile.headHeight),
      note: cut ? say('head-cut-off') : undefined,
      regions: [across(scene, Math.max(0, crown), 'crown'), across(scene, chin, 'chin')]
    })
  }
}

/** Height of the eyes from the upper edge, as a share of the picture's height. */
export const eyeLine: Measurement = {
  question: { id: 'eye-line', question: say('asks-eye-line'), unit: '%' },
  measure(scene) {
    const { profile, subject, picture } = scene
    return decided(this.question, {
      value: percent(subject.head.eyes.y / picture.raster.height),
      band: percentBand(profile.bands.eyeLine),
      ideal: percent(profile.eyeLine),
      regions: [across(scene, subject.head.eyes.y, 'eye line')]
    })
  }
}

/** Distance of the middle between the eyes from the middle of the picture; positive when the person is to the right. */
export const headCentre: Measurement = {
  question: { id: 'head-centre', question: say('asks-head-centre'), unit: '%' },
  measure({ profile, subject, picture }) {
    const { width, height } = picture.raster
    const most = percent(profile.bands.headCentre.max ?? 0.5)
    const at = (x: number, label: string): Region => ({
      shape: 'line',
      label,
      from: { x, y: 0 },
      to: { x, y: height }
    })
    return decided(this.question, {
      value: percent(subject.head.eyes.x / width - 0.5),
      band: { min: -most, max: most },
      ideal: 0,
      regions: [at(width / 2, 'middle'), at(subject.head.eyes.x, 'face')]
    })
  }
}

const percent = (share: number) => share * 100

function percentBand({ min, max }: { min?: number | undefined; max?: number | undefined }) {
  return { ...(min === undefined ? {} : { min: percent(min) }), ...(max === undefined ? {} : { max: percent(max) }) }
}

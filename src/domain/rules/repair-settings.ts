import type { Brief, Repair } from '../brief.ts'
import type { Criterion, CriterionId, MeasuredCriterionId } from '../criterion.ts'
import type { TuneRequest } from '../engine.ts'
import { bandInWords, valueInWords } from '../figures.ts'
import { failedCriteria } from '../judgement.ts'
import { type RetouchSettingName, type RetouchSettings, retouchSettingsSchema } from '../retouch-settings.ts'
import { say } from '../sentences/say.ts'
import { capitalised, criterionWords } from './criterion-words.ts'
import { deviationOf } from './deviation.ts'
import { type PastRepair, pastRepairs } from './past-repairs.ts'
import { contradictsPurpose } from './plain-light.ts'
import { REMEDIES, type Remedy, type Stage, type Symptom } from './remedy.ts'
import { asSetting, rangeOf } from './setting-range.ts'
import { effectOf } from './setting-words.ts'

/** A change below this share of a setting's range cannot be seen: the setting counts as used up. */
const VISIBLE_SHARE = 0.02

const isVisible = (setting: RetouchSettingName, from: number, to: number) => {
  const { min, max } = rangeOf(setting)
  return Math.abs(to - from) >= VISIBLE_SHARE * (max - min)
}

const isMeasured = (id: CriterionId): id is MeasuredCriterionId => id in REMEDIES
const stagesFor = (id: CriterionId): readonly Stage[] => (isMeasured(id) ? (REMEDIES[id] ?? []) : [])
const isSettingName = (name: string): name is RetouchSettingName => name in retouchSettingsSchema.shape

/**
 * The brief of the next attempt for the built-in engine: each criterion that failed and that a setting can mend changes
 * those settings, by how far it missed. What made its own criterion worse is taken back; what had no effect is not
 * tried again. Null where no setting is left that would mend anything, and where something failed that none ever mends:
 * then no attempt can pass.
 */
export function repairSettings(request: TuneRequest): Brief | null {
  const { brief, judgement, history, judgements } = request
  const failed = failedCriteria(judgement)
  if (failed.some((row) => isOrderedSo(row, request) || !hasRemedy(row))) return null
  const current = retouchSettingsSchema.parse(brief.settings)
  const past = pastRepairs(history, judgements)
  const takenBack = takeBack(past, history.length - 1, current)
  const settings: RetouchSettings = { ...current }
  for (const { setting, to } of takenBack) settings[setting] = to

  const changed = new Map<RetouchSettingName, Change>()
  for (const symptom of symptomsOf(failed)) {
    for (const change of nextChanges(symptom, settings, past, changed)) changed.set(change.setting, change)
  }
  if (changed.size === 0) return null

  const changes = [...takenBack.filter(({ setting }) => !changed.has(setting)), ...changed.values()]
  for (const { setting, to } of changes) settings[setting] = to
  return { ...brief, settings: withoutDefaults(settings), repairs: changes.map((change) => toRepair(change, current)) }
}

/** The order itself asks for what its purpose forbids: no setting mends that. */
function isOrderedSo({ id }: Criterion, { profile, parameters }: TuneRequest): boolean {
  return id === 'background-match' && contradictsPurpose(profile, parameters.background)
}

function hasRemedy(criterion: Criterion): boolean {
  return symptomsOf([criterion]).some((symptom) => stagesFor(criterion.id).some((stage) => isFor(stage, symptom)))
}

const isFor = ({ side, unit }: Stage, { criterion, deviation }: Symptom) =>
  (side ?? deviation.side) === deviation.side && (unit ?? criterion.unit) === criterion.unit

interface Change {
  readonly setting: RetouchSettingName
  readonly to: number
  readonly criterion: Criterion['id']
  /** Why, where it is told what changes. */
  readonly because: (effect: string) => string
}

/** Those that missed worst come first: where two want the same setting, the worse one gets it. */
function symptomsOf(failed: readonly Criterion[]): Symptom[] {
  return failed
    .flatMap((criterion) => {
      const deviation = deviationOf(criterion)
      return deviation ? [{ criterion, deviation }] : []
    })
    .sort((a, b) => b.deviation.severity - a.deviation.severity)
}

/** The changes of the first stage that still has something to offer. */
function nextChanges(
  symptom: Symptom,
  settings: RetouchSettings,
  past: readonly PastRepair[],
  taken: ReadonlyMap<RetouchSettingName, Change>
): Change[] {
  for (const stage of stagesFor(symptom.criterion.id)) {
    if (!isFor(stage, symptom)) continue
    const changes = stage.remedies.flatMap((remedy) => changeBy(remedy, symptom, settings, past))
    if (changes.length > 0) return changes.filter(({ setting }) => !taken.has(setting))
  }
  return []
}

function changeBy(remedy: Remedy, symptom: Symptom, settings: RetouchSettings, past: readonly PastRepair[]): Change[] {
  const { criterion } = symptom
  const { setting } = remedy
  const from = settings[setting]
  const proposed = remedy.propose(from, symptom)
  if (proposed === undefined) return []
  const to = asSetting(setting, proposed)
  if (!isVisible(setting, from, to) || isKnownUseless(past, criterion.id, setting, to - from)) return []
  const should = bandInWords(criterion.band, criterion.unit)
  const label = capitalised(criterionWords(criterion.id).label)
  const because = (effect: string) =>
    say('repair-by-setting', { criterion: label, value: valueInWords(criterion), limit: should, effect })
  return [{ setting, to, criterion: criterion.id, because }]
}

function isKnownUseless(past: readonly PastRepair[], id: CriterionId, setting: string, direction: number): boolean {
  return past.some(
    ({ repair, effect }) =>
      repair.criterion === id &&
      repair.setting === setting &&
      (effect === 'nothing' || effect === 'worse') &&
      Math.sign(Number(repair.to) - Number(repair.from)) === Math.sign(direction)
  )
}

/** Repairs of the last brief that did harm. */
function takeBack(past: readonly PastRepair[], lastBrief: number, current: RetouchSettings): Change[] {
  return past.flatMap(({ repair, effect, brief }) => {
    const { setting, criterion } = repair
    if (brief !== lastBrief || effect !== 'worse' || !isSettingName(setting)) return []
    if (typeof repair.from !== 'number' || repair.to !== current[setting]) return []
    const { label } = criterionWords(criterion)
    const because = (effect: string) => say('repair-taken-back', { criterion: label, effect })
    return [{ setting, to: repair.from, criterion, because }]
  })
}

function toRepair({ setting, to, criterion, because }: Change, current: RetouchSettings): Repair {
  const from = current[setting]
  return { criterion, setting, from, to, reason: because(effectOf(setting, from, to)) }
}

function withoutDefaults(settings: RetouchSettings): Brief['settings'] {
  const defaults: Record<string, number> = retouchSettingsSchema.parse({})
  return Object.fromEntries(Object.entries(settings).filter(([name, value]) => value !== defaults[name]))
}

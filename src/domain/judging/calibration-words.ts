import { figure } from '../figures.ts'
import { beatsChance, type CriterionCalibration, falseAccepts, falseRejects } from './calibration.ts'
import { type Count, wilsonInterval } from './proportion.ts'

const percent = (share: number) => figure(Math.round(100 * share))

/** "8% (1 of 12, 95% interval 1 to 35%)". */
export function rateInWords(count: Count): string {
  if (count.n === 0) return 'unknown (never tried)'
  const { low, high } = wilsonInterval(count)
  const rate = percent(count.hits / count.n)
  return `${rate}% (${count.hits} of ${count.n}, 95% interval ${percent(low)} to ${percent(high)}%)`
}

/** How far the judge can be trusted on one criterion, for whoever reads its verdict. */
export function trustInWords(calibration: CriterionCalibration | undefined): string {
  if (!calibration) return 'The judge was never calibrated on this: apex-studio judge calibrate.'
  const rates = `Of planted flaws it accepted ${rateInWords(falseAccepts(calibration))}, of sound pictures it refused ${rateInWords(falseRejects(calibration))}.`
  switch (beatsChance(calibration)) {
    case true:
      return rates
    case false:
      return `The judge is no better than chance here, so it has no vote. ${rates}`
    case null:
      return `The judge was tried on one kind of picture only. ${rates}`
  }
}

import { figure } from '../figures.ts'
import { say } from '../sentences/say.ts'
import { beatsChance, type CriterionCalibration, falseAccepts, falseRejects } from './calibration.ts'
import { type Count, wilsonInterval } from './proportion.ts'

const percent = (share: number) => figure(Math.round(100 * share))

/** "8% (1 of 12, 95% interval 1 to 35%)". */
export function rateInWords(count: Count): string {
  if (count.n === 0) return say('judge-rate-unknown')
  const { low, high } = wilsonInterval(count)
  const [share, min, max] = [percent(count.hits / count.n), percent(low), percent(high)]
  return say('judge-rate', { share, given: count.hits, count: count.n, min, max })
}

/** How far the judge can be trusted on one criterion, for whoever reads its verdict. */
export function trustInWords(calibration: CriterionCalibration | undefined): string {
  if (!calibration) return say('judge-never-calibrated')
  const rates = say('judge-rates', {
    accepts: rateInWords(falseAccepts(calibration)),
    refusals: rateInWords(falseRejects(calibration))
  })
  switch (beatsChance(calibration)) {
    case true:
      return rates
    case false:
      return `${say('judge-no-vote')} ${rates}`
    case null:
      return `${say('judge-one-kind')} ${rates}`
  }
}

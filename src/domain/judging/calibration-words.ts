import { figure } from '../figures.ts'
import { say } from '../sentences/say.ts'
import { falseAccepts, falseRejects } from './calibration.ts'
import { type Count, wilsonInterval } from './proportion.ts'
import type { Vote, VoteGround } from './vote.ts'

const percent = (share: number) => figure(Math.round(100 * share))

/** "8% (1 of 12, 95% interval 1 to 35%)". */
export function rateInWords(count: Count): string {
  if (count.n === 0) return say('judge-rate-unknown')
  const { low, high } = wilsonInterval(count)
  const [share, min, max] = [percent(count.hits / count.n), percent(low), percent(high)]
  return say('judge-rate', { share, given: count.hits, count: count.n, min, max })
}

/** How far the judge can be trusted on one criterion, for whoever reads its verdict. */
export function trustInWords({ ground, measured }: Vote): string {
  const rates = measured && {
    accepts: rateInWords(falseAccepts(measured)),
    refusals: rateInWords(falseRejects(measured))
  }
  return [groundInWords(ground), rates && say('judge-rates', rates)].filter((part) => part !== undefined).join(' ')
}

function groundInWords(ground: VoteGround): string | undefined {
  switch (ground) {
    case 'better-than-chance':
      return undefined
    case 'no-better-than-chance':
      return say('judge-no-vote')
    case 'too-few':
      return say('judge-too-few')
    case 'not-measured':
      return say('judge-not-measured')
    case 'distrusted':
      return say('judge-distrusted')
    case 'never-calibrated':
      return say('judge-never-calibrated')
  }
}

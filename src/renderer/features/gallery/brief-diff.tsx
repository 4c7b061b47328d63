import { diffWordsWithSpace } from 'diff'
import { useTranslation } from 'react-i18next'
import type { Brief } from '../../../domain/brief.ts'
import { useTold } from '../../language/told.ts'
import { useCriterionWords } from '../ledger/use-criterion-words.ts'
import './gallery.css'

interface BriefDiffProps {
  readonly brief: Brief
  /** Of the attempt before; null for the first. */
  readonly before: Brief | null
}

/** What an attempt was asked for, and what changed against the attempt before: words, settings, and why. */
export function BriefDiff({ brief, before }: BriefDiffProps) {
  const { t } = useTranslation('gallery')
  const criterion = useCriterionWords()
  const told = useTold()
  return (
    <div className="brief-diff selectable">
      <p dir="auto">
        {before === null
          ? brief.prompt
          : partsOf(before.prompt, brief.prompt).map(({ at, value, Tag }) => <Tag key={at}>{value}</Tag>)}
      </p>
      {brief.note && <p className="quiet">{told(brief.note)}</p>}
      {brief.repairs.length > 0 && (
        <ul>
          {brief.repairs.map((repair) => (
            <li key={`${repair.criterion} ${repair.setting}`}>
              <code>{repair.setting}</code> <del>{repair.from === null ? t('unset') : String(repair.from)}</del>{' '}
              <ins>{String(repair.to)}</ins>
              <span className="quiet">
                {' '}
                {criterion.name(repair.criterion)}: {told(repair.reason)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {before === null && Object.keys(brief.settings).length > 0 && (
        <p className="quiet">
          {Object.entries(brief.settings).map(([name, value]) => (
            <span key={name}>
              <code>
                {name} {String(value)}
              </code>{' '}
            </span>
          ))}
        </p>
      )}
      {before !== null && before.prompt === brief.prompt && brief.repairs.length === 0 && (
        <p className="quiet">{t('sameBrief')}</p>
      )}
    </div>
  )
}

interface TextPart {
  /** Where it begins among all parts, in characters. */
  readonly at: number
  readonly value: string
  readonly Tag: 'ins' | 'del' | 'span'
}

function partsOf(before: string, now: string): TextPart[] {
  let at = 0
  return diffWordsWithSpace(before, now).map(({ value, added, removed }) => {
    const part = { at, value, Tag: added ? 'ins' : removed ? 'del' : 'span' } as const
    at += value.length
    return part
  })
}

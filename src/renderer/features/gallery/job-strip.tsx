import { useTranslation } from 'react-i18next'
import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import { usePictures } from '../../state/mirror-context.ts'
import { useView } from '../../state/view.ts'
import { Picture } from '../../ui/picture.tsx'
import { chosenPicture, nameKey, picturesOf } from './pictures-of-job.ts'
import './gallery.css'

/** Reference, attempts and what was delivered, side by side. */
export function JobStrip({ job }: { readonly job: JobDetail }) {
  const { t } = useTranslation('gallery')
  const { thumbnail } = usePictures()
  const { picture, setPicture } = useView()
  const pictures = picturesOf(job)
  const current = chosenPicture(pictures, picture)
  return (
    <ul className="job-strip">
      {pictures.map((each) => {
        const name =
          typeof each.choice === 'number' ? t('attempt', { number: each.choice }) : t(nameKey(job, each.choice))
        return (
          <li key={each.choice}>
            <button
              type="button"
              className="strip-picture"
              aria-current={each.choice === current?.choice}
              onClick={() => setPicture(each.choice)}
            >
              {each.picture ? (
                <Picture src={thumbnail(each.picture.artifact, 160)} alt="" />
              ) : (
                <span className="picture" />
              )}
              <span className="strip-name">
                {name}
                {each.judgement && (
                  <span className="mark" data-outcome={each.judgement.passed ? 'passed' : 'failed'}>
                    {each.judgement.passed ? '✓' : '✕'}
                  </span>
                )}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

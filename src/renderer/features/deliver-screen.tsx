import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../frame/section.tsx'
import { Workspace } from '../frame/workspace.tsx'
import { useFormat } from '../language/format.ts'
import { useOnDesktop, useSettings } from '../state/mirror-context.ts'
import { useView } from '../state/view.ts'
import { Button } from '../ui/button.tsx'
import { Segments } from '../ui/segments.tsx'
import { Empty } from '../ui/states.tsx'
import { useDeliveryChoice } from './delivery/delivery-choice.ts'
import { DeliveryGrid } from './delivery/delivery-grid.tsx'
import { ExportPanel } from './delivery/export-panel.tsx'
import { SOURCES, type Source, useDeliveryJobs } from './delivery/use-delivery-jobs.ts'
import { useNames } from './delivery/use-names.ts'
import './delivery/delivery.css'

/** Finished pictures become files. */
export function DeliverScreen() {
  const { t } = useTranslation(['delivery', 'studio'])
  const { count } = useFormat()
  const selected = useView((view) => view.selected)
  const setMode = useView((view) => view.setMode)
  const [source, setSource] = useState<Source>(selected.length > 0 ? 'selected' : 'finished')
  const { jobs, loading } = useDeliveryJobs(source)
  const choice = useDeliveryChoice()
  const onDesktop = useOnDesktop()
  const kept = useSettings((settings) => settings.exportFolder)
  const folder = onDesktop ? kept : null
  const jobIds = jobs.map((job) => job._id)
  const { names } = useNames(jobIds, choice.edited ?? choice.chosen[0], folder)
  const failed = jobs.filter((job) => job.coverKind === 'best').length
  return (
    <Workspace
      left={
        <Section title={t('what')}>
          <Segments
            label={t('what')}
            value={source}
            onChange={setSource}
            options={SOURCES.map((each) => ({ value: each, label: t(`source.${each}`) }))}
          />
          <p className="quiet" style={{ marginTop: 8 }}>
            {t('chosen', { count: jobs.length, shown: count(jobs.length) })}
          </p>
          {failed > 0 && <p className="quiet">✕ {t('notPassed', { count: failed })}</p>}
          <p className="quiet" style={{ marginTop: 8 }}>
            {t(onDesktop ? 'dragHint' : 'downloadHint')}
          </p>
        </Section>
      }
      right={<ExportPanel jobIds={jobIds} choice={choice} names={names} />}
    >
      {loading && <div className="skeleton job-grid" />}
      {!loading && jobs.length > 0 && <DeliveryGrid jobs={jobs} names={names} />}
      {!loading && jobs.length === 0 && (
        <Empty
          title={t('empty')}
          actions={<Button onClick={() => setMode('gallery')}>{t('studio:mode.gallery')}</Button>}
        >
          <p>{t('emptyHint')}</p>
        </Empty>
      )}
    </Workspace>
  )
}

import { X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { JOB_ORDERS, type JobFilter, type JobSort } from '../../../contract/studio/job-filter.ts'
import { CRITERION_IDS } from '../../../domain/criterion.ts'
import { jobStatusSchema } from '../../../domain/job.ts'
import { PURPOSES } from '../../../domain/parameters/purpose.ts'
import { COLOUR_LABELS } from '../../../domain/rating.ts'
import { Section } from '../../frame/section.tsx'
import { useCommand } from '../../keys/use-command.ts'
import { useFormat } from '../../language/format.ts'
import { useGallery, useLibrary, useMirror, useWork } from '../../state/mirror-context.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { Select } from '../../ui/select.tsx'
import { useCriterionWords } from '../ledger/use-criterion-words.ts'
import { useChoiceWords } from '../parameters/use-choice-words.ts'
import { Stars } from './stars.tsx'

const ANY = 'any'
/** Typing is over when nothing was typed for so long, ms. */
const CALM_MS = 200

/** Which jobs are shown, and in which order. */
export function FilterPanel() {
  const { t } = useTranslation('gallery')
  const { gallery } = useMirror()
  const { filter, sort, counts } = useGallery((list) => list)
  const { count } = useFormat()
  const criterion = useCriterionWords()
  const choice = useChoiceWords()
  const subjects = useLibrary((library) => library.subjects)
  const engines = useWork((work) => work.engines)
  const search = useRef<HTMLInputElement>(null)
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined)
  useCommand('search', () => search.current?.select())

  const show = (change: JobFilter, order: JobSort = sort) => {
    const next = { ...filter, ...change }
    const named = Object.entries(next).filter(([, value]) => value !== undefined)
    void gallery.show(Object.fromEntries(named), order)
  }
  const one = <T extends string>(value: readonly T[] | undefined): T | typeof ANY => value?.[0] ?? ANY
  const any = { value: ANY, label: t('any') } as const
  const isFiltered = Object.keys(filter).length > 0
  const people = [...subjects.values()].sort((a, b) => a.name.localeCompare(b.name))

  return (
    <>
      <Section
        title={t('find')}
        action={
          isFiltered && (
            <Button kind="quiet" onClick={() => void gallery.show({}, sort)}>
              <X aria-hidden /> {t('clearFilter')}
            </Button>
          )
        }
      >
        <div className="filters">
          <TextField
            key={isFiltered ? 'filtered' : 'clear'}
            ref={search}
            label={t('search')}
            unlabelled
            type="search"
            dir="auto"
            placeholder={t('search')}
            defaultValue={filter.text ?? ''}
            onChange={({ target }) => {
              clearTimeout(typing.current)
              typing.current = setTimeout(() => show({ text: target.value || undefined }), CALM_MS)
            }}
          />
          <fieldset>
            <legend className="unseen">{t('statusLabel')}</legend>
            {jobStatusSchema.options.map((status) => (
              <CheckField
                key={status}
                checked={filter.status?.includes(status) ?? false}
                label={
                  <span className="filter-line">
                    {t(`status.${status}`)} <span className="quiet">{counts && count(counts[status])}</span>
                  </span>
                }
                onChange={(on) => {
                  const next = [...(filter.status ?? []).filter((each) => each !== status), ...(on ? [status] : [])]
                  show({ status: next.length > 0 ? next : undefined })
                }}
              />
            ))}
          </fieldset>
        </div>
      </Section>
      <Section title={t('rating')}>
        <div className="filters">
          <div className="filter-line">
            <Stars
              label={t('atLeastStars')}
              value={filter.stars ?? 0}
              onChange={(stars) => show({ stars: stars > 0 ? stars : undefined })}
            />
            {filter.stars !== undefined && (
              <IconButton icon={X} label={t('anyStars')} onClick={() => show({ stars: undefined })} />
            )}
          </div>
          <Select
            label={t('flagLabel')}
            value={one(filter.flag)}
            options={[
              any,
              ...(['pick', 'reject', 'none'] as const).map((flag) => ({ value: flag, label: t(`flag.${flag}`) }))
            ]}
            onChange={(flag) => show({ flag: flag === ANY ? undefined : [flag] })}
          />
          <Select
            label={t('colour')}
            value={one(filter.label)}
            options={[
              any,
              ...COLOUR_LABELS.map((label) => ({ value: label, label: t(`label.${label}`) })),
              { value: 'none' as const, label: t('label.none') }
            ]}
            onChange={(label) => show({ label: label === ANY ? undefined : [label] })}
          />
        </div>
      </Section>
      <Section title={t('more')}>
        <div className="filters">
          <Select
            label={t('purpose')}
            value={one(filter.purpose)}
            options={[any, ...PURPOSES.map(({ id }) => ({ value: id, label: choice('purpose', id) }))]}
            onChange={(purpose) => show({ purpose: purpose === ANY ? undefined : [purpose] })}
          />
          <Select
            label={t('failedCriterion')}
            value={one(filter.failedCriterion)}
            options={[any, ...CRITERION_IDS.map((id) => ({ value: id, label: criterion.name(id) }))]}
            onChange={(id) => show({ failedCriterion: id === ANY ? undefined : [id] })}
          />
          <Select
            label={t('person')}
            value={one(filter.subjectIds)}
            options={[any, ...people.map(({ _id, name }) => ({ value: _id, label: name }))]}
            onChange={(id) => show({ subjectIds: id === ANY ? undefined : [id] })}
          />
          <Select
            label={t('engine')}
            value={one(filter.generator)}
            options={[
              any,
              ...(engines ?? [])
                .filter(({ port }) => port === 'generator')
                .map(({ engine, label }) => ({ value: engine, label }))
            ]}
            onChange={(engine) => show({ generator: engine === ANY ? undefined : [engine] })}
          />
          <CheckField
            label={t('bin')}
            checked={filter.bin ?? false}
            onChange={(bin) => show({ bin: bin || undefined })}
          />
        </div>
      </Section>
      <Section title={t('order')}>
        <div className="filters">
          <Select
            label={t('orderBy')}
            value={sort.by ?? 'created'}
            options={JOB_ORDERS.map((by) => ({ value: by, label: t(`by.${by}`) }))}
            onChange={(by) => show({}, { ...sort, by })}
          />
          <Select
            label={t('direction')}
            value={sort.direction ?? 'descending'}
            options={(['descending', 'ascending'] as const).map((each) => ({ value: each, label: t(each) }))}
            onChange={(direction) => show({}, { ...sort, direction })}
          />
        </div>
      </Section>
    </>
  )
}

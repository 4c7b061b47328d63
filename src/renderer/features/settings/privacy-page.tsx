import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudioClient } from '../../../contract/studio/client.ts'
import type { SubjectWithCounts } from '../../../contract/studio/photo-calls.ts'
import { useClient } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { Button } from '../../ui/button.tsx'
import { EraseDialog } from '../../ui/erase-dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { useToasts } from '../../ui/toasts.ts'
import { useQuery } from './use-query.ts'

const askPeople = (client: StudioClient) => client.call('subjects.list', {})

/** What stays where, and erasing a person for good. */
export function PrivacyPage() {
  const { t } = useTranslation('settings')
  const { data, error, reload } = useQuery(askPeople)
  const [search, setSearch] = useState('')
  const [erasing, setErasing] = useState<SubjectWithCounts | null>(null)
  const found = (data?.subjects ?? []).filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
  return (
    <>
      <p>{t('private')}</p>
      {error && <ErrorBox error={error} />}
      <TextField
        label={t('findPerson')}
        type="search"
        value={search}
        dir="auto"
        onChange={(event) => setSearch(event.target.value)}
      />
      <PersonList people={found} onErase={setErasing} />
      {erasing && (
        <ErasePerson
          subject={erasing}
          onClose={() => {
            setErasing(null)
            void reload()
          }}
        />
      )}
    </>
  )
}

const ROW_HEIGHT = 45

interface PersonListProps {
  readonly people: readonly SubjectWithCounts[]
  readonly onErase: (person: SubjectWithCounts) => void
}

/** Everybody, however many; only the rows in sight exist. */
function PersonList({ people, onErase }: PersonListProps) {
  const { t } = useTranslation('settings')
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroll.current,
    getItemKey: (index) => people[index]?._id ?? index,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8
  })
  return (
    <div className="person-list" ref={scroll}>
      <ul className="settings-list" style={{ position: 'relative', height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const person = people[index]
          return (
            person && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                style={{ position: 'absolute', width: '100%', transform: `translateY(${start}px)` }}
              >
                <span className="words">
                  <bdi>{person.name}</bdi>{' '}
                  <span className="quiet">
                    {t('personHas', {
                      photos: t('photoCount', { count: person.photos }),
                      portraits: t('portraitCount', { count: person.jobs })
                    })}
                  </span>
                </span>
                <Button onClick={() => onErase(person)}>{t('erase')}</Button>
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

function ErasePerson({ subject, onClose }: { readonly subject: SubjectWithCounts; readonly onClose: () => void }) {
  const { t } = useTranslation('settings')
  const client = useClient()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)
  const erase = async () => {
    const gone = await doing(() => client.call('subjects.erase', { ids: [subject._id] }))
    if (gone) {
      const portraits = t('portraitCount', { count: gone.jobs })
      show({ text: t('erased', { name: subject.name, portraits, pictures: gone.pictures }) })
    }
    onClose()
  }
  return (
    <EraseDialog
      title={t('eraseTitle', { name: subject.name })}
      text={t('eraseText', {
        photos: t('photoCount', { count: subject.photos }),
        portraits: t('portraitCount', { count: subject.jobs })
      })}
      action={t('eraseForGood')}
      onErase={() => void erase()}
      onClose={onClose}
    />
  )
}

import { useVirtualizer } from '@tanstack/react-virtual'
import { FolderPlus, ImagePlus } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLibrary } from '../../state/mirror-context.ts'
import { useView } from '../../state/view.ts'
import { IconButton } from '../../ui/button.tsx'
import { peopleRows } from './people-rows.ts'
import { PersonRow } from './person-row.tsx'
import { PhotoRow } from './photo-row.tsx'
import { useImport } from './use-import.ts'
import './intake.css'

const HEIGHTS = { person: 32, photo: 56 }

/** Everybody in the studio with their photos; only the rows in sight exist. */
export function PeoplePanel() {
  const { t } = useTranslation('intake')
  const { chooseFiles, chooseFolder } = useImport()
  const subjects = useLibrary((library) => library.subjects)
  const photos = useLibrary((library) => library.photos)
  const state = useLibrary((library) => library.state)
  const current = useView((view) => view.photoId)
  const rows = useMemo(() => peopleRows(subjects, photos), [subjects, photos])
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => HEIGHTS[rows[index]?.kind ?? 'photo'],
    overscan: 8
  })
  const at = rows.findIndex((row) => row.kind === 'photo' && row.photo._id === current)
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])

  return (
    <div className="people">
      <div className="people-head">
        <h2>{t('photos', { count: photos.size })}</h2>
        <span>
          <IconButton
            icon={ImagePlus}
            label={t('addFiles')}
            command="import-files"
            onClick={() => void chooseFiles()}
          />
          <IconButton
            icon={FolderPlus}
            label={t('addFolder')}
            command="import-folder"
            onClick={() => void chooseFolder()}
          />
        </span>
      </div>
      <div className="people-scroll" ref={scroll}>
        {state === 'loading' && [1, 2, 3].map((each) => <div key={each} className="skeleton photo-row" />)}
        <ul style={{ position: 'relative', height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            return (
              row && (
                <li key={item.key} className="people-row" style={{ transform: `translateY(${item.start}px)` }}>
                  {row.kind === 'person' ? (
                    <PersonRow subject={row.subject} photos={row.photos} />
                  ) : (
                    <PhotoRow photo={row.photo} current={row.photo._id === current} />
                  )}
                </li>
              )
            )
          })}
        </ul>
      </div>
    </div>
  )
}

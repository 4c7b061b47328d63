import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useLibrary, usePictures } from '../../state/mirror-context.ts'
import { useView } from '../../state/view.ts'
import { Picture } from '../../ui/picture.tsx'
import { peopleRows } from './people-rows.ts'
import './intake.css'

const EDGE = 92

/** All photos in a row, to go through them with the picture large. */
export function PhotoStrip() {
  const { thumbnail } = usePictures()
  const subjects = useLibrary((library) => library.subjects)
  const photos = useLibrary((library) => library.photos)
  const current = useView((view) => view.photoId)
  const showPhoto = useView((view) => view.showPhoto)
  const ordered = useMemo(
    () => peopleRows(subjects, photos).flatMap((row) => (row.kind === 'photo' ? [row.photo] : [])),
    [subjects, photos]
  )
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    horizontal: true,
    count: ordered.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => EDGE,
    overscan: 6
  })
  const at = ordered.findIndex((photo) => photo._id === current)
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])
  return (
    <div className="photo-strip" ref={scroll}>
      <ul style={{ position: 'relative', flex: 'none', width: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const photo = ordered[item.index]
          return (
            photo && (
              <li
                key={item.key}
                style={{ position: 'absolute', height: '100%', transform: `translateX(${item.start}px)` }}
              >
                <button
                  type="button"
                  className="strip-photo"
                  aria-current={photo._id === current}
                  aria-label={photo.name}
                  onClick={() => showPhoto(photo._id)}
                >
                  <Picture src={thumbnail(photo.artifact, 160)} alt="" fit="cover" />
                </button>
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

import { useEffect, useMemo } from 'react'
import { useLibrary, usePictures } from '../../state/mirror-context.ts'
import { useView } from '../../state/view.ts'
import { Picture } from '../../ui/picture.tsx'
import { useEqualItems } from '../../ui/use-equal-items.ts'
import { useSize } from '../picture/use-size.ts'
import { peopleRows } from './people-rows.ts'
import './intake.css'

/** Beside a photo: its frame and the gap to the next, CSS px. */
const BESIDE = 5
const USUAL_HEIGHT = 87

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
  const [scroll, size] = useSize<HTMLDivElement>()
  const edge = (size?.height ?? USUAL_HEIGHT) + BESIDE
  // Squares, as wide as the strip is high.
  const virtual = useEqualItems({ horizontal: true, count: ordered.length, itemSize: edge, scroll, overscan: 6 })
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
                  <Picture src={thumbnail(photo.artifact, edge > 160 ? 320 : 160)} alt="" fit="cover" />
                </button>
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

import { useTranslation } from 'react-i18next'
import type { StudioPhoto } from '../../../domain/subject.ts'
import { useView } from '../../state/view.ts'
import { ContextMenu } from '../../ui/menu.tsx'
import { isReady } from './chosen-face.ts'
import { FaceThumbnail } from './face-thumbnail.tsx'
import { usePhotoActions } from './use-photo-actions.ts'

interface PhotoRowProps {
  readonly photo: StudioPhoto
  readonly current: boolean
}

export function PhotoRow({ photo, current }: PhotoRowProps) {
  const { t } = useTranslation('intake')
  const showPhoto = useView((view) => view.showPhoto)
  const { remove, move } = usePhotoActions()
  const { faces, width, height } = photo.inspection
  return (
    <ContextMenu
      entries={[
        { label: t('ownPerson'), onSelect: () => void move([photo._id], null) },
        null,
        { label: t('removePhoto'), onSelect: () => void remove([photo]) }
      ]}
    >
      <button
        type="button"
        className="photo-row"
        aria-current={current}
        onClick={() => showPhoto(photo._id)}
        onFocus={() => showPhoto(photo._id)}
      >
        <FaceThumbnail photo={photo} />
        <span className="words">
          <bdi className="one-line" style={{ display: 'block' }} title={photo.name}>
            {photo.name}
          </bdi>
          <span className="quiet">
            {isReady(photo)
              ? `${width} × ${height}`
              : faces.length === 0
                ? t('noFace')
                : t('whichPerson', { count: faces.length })}
          </span>
        </span>
      </button>
    </ContextMenu>
  )
}

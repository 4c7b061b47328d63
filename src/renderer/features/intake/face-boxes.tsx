import { useTranslation } from 'react-i18next'
import type { StudioPhoto } from '../../../domain/subject.ts'
import { Menu } from '../../ui/menu.tsx'
import { chosenFace } from './chosen-face.ts'
import { usePhotoActions } from './use-photo-actions.ts'
import './intake.css'

interface FaceBoxesProps {
  readonly photo: StudioPhoto
  /** CSS pixels for one pixel of the photo. */
  readonly scale: number
}

/** Every face of a photo as a button: in a group photo the photographer says who is meant, or adds another person. */
export function FaceBoxes({ photo, scale }: FaceBoxesProps) {
  const { t } = useTranslation('intake')
  const { chooseFace } = usePhotoActions()
  const chosen = chosenFace(photo)
  const { faces } = photo.inspection
  return faces.map(({ index, box }) => {
    const style = { left: box.x * scale, top: box.y * scale, width: box.width * scale, height: box.height * scale }
    const number = faces.length > 1 && <span className="face-number">{index + 1}</span>
    const label = t('face', { number: index + 1, count: faces.length })
    if (faces.length === 1) {
      return <div key={index} className="face-box" data-chosen="true" style={style} role="img" aria-label={label} />
    }
    const button = (
      <button
        type="button"
        className="face-box"
        data-chosen={index === chosen}
        aria-pressed={index === chosen}
        aria-label={label}
        style={style}
        {...(chosen === null && { onClick: () => void chooseFace(photo, index) })}
      >
        {number}
      </button>
    )
    if (chosen === null || chosen === index) return <span key={index}>{button}</span>
    return (
      <Menu
        key={index}
        entries={[
          { label: t('meantInstead'), onSelect: () => void chooseFace(photo, index) },
          { label: t('alsoThisPerson'), onSelect: () => void chooseFace(photo, index, true) }
        ]}
      >
        {button}
      </Menu>
    )
  })
}

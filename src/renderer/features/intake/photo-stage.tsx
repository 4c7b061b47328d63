import { useTranslation } from 'react-i18next'
import type { StudioPhoto } from '../../../domain/subject.ts'
import { useFormat } from '../../language/format.ts'
import { useTold } from '../../language/told.ts'
import { stageReference } from '../picture/stage-picture.ts'
import { useZoom } from '../picture/use-zoom.ts'
import { ZoomablePicture } from '../picture/zoomable-picture.tsx'
import { chosenFace } from './chosen-face.ts'
import { FaceBoxes } from './face-boxes.tsx'

/** The photo on the stage with its faces, and what the studio found out about it. */
export function PhotoStage({ photo }: { readonly photo: StudioPhoto }) {
  const { t } = useTranslation('intake')
  const { bytes } = useFormat()
  const told = useTold()
  const [zoom, setZoom] = useZoom(photo._id)
  const picture = stageReference(photo)
  const { faces, width, height, bitsPerChannel, colourSpace, notes } = photo.inspection
  const question = faces.length === 0 ? t('noFaceHint') : chosenFace(photo) === null ? t('whoIsMeant') : null
  return (
    <>
      {question !== null && (
        <p className="notice" role="status">
          {question}
        </p>
      )}
      <div className="stage-picture">
        {picture && (
          <ZoomablePicture
            picture={picture}
            alt={photo.name}
            zoom={zoom}
            onZoom={setZoom}
            over={(scale) => <FaceBoxes photo={photo} scale={scale} />}
          />
        )}
      </div>
      <div className="stage-foot">
        <bdi className="one-line">{photo.name}</bdi>
        <span className="quiet">
          {width} × {height} · {t('bits', { count: bitsPerChannel })} · {told(colourSpace)} · {bytes(photo.bytes)}
        </span>
        {notes.map((note) => (
          <span key={note} className="quiet">
            {told(note)}
          </span>
        ))}
      </div>
    </>
  )
}

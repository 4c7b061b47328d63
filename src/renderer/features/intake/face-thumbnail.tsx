import type { StudioPhoto } from '../../../domain/subject.ts'
import { usePictures } from '../../state/mirror-context.ts'
import { Picture } from '../../ui/picture.tsx'
import './intake.css'

/** A photo in a list, whole, with the faces that were found in it; the one that is meant stands out. */
export function FaceThumbnail({ photo }: { readonly photo: StudioPhoto }) {
  const { thumbnail } = usePictures()
  const { width, height, faces } = photo.inspection
  return (
    <div className="face-thumbnail">
      <Picture src={thumbnail(photo.artifact, 160)} alt="" />
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {faces.map(({ index, box }) => (
          <rect key={index} {...box} data-chosen={index === photo.face || faces.length === 1} />
        ))}
      </svg>
    </div>
  )
}

import { useTranslation } from 'react-i18next'
import type { StudioPhoto } from '../../../domain/subject.ts'
import { useMirror } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { useToasts } from '../../ui/toasts.ts'

export interface PhotoActions {
  readonly remove: (photos: readonly StudioPhoto[]) => Promise<void>
  /** null makes each photo a person of its own. */
  readonly move: (ids: readonly string[], subjectId: string | null) => Promise<void>
  readonly chooseFace: (photo: StudioPhoto, face: number, asNewSubject?: boolean) => Promise<void>
}

export function usePhotoActions(): PhotoActions {
  const { t } = useTranslation('intake')
  const { client } = useMirror()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)
  const remove: PhotoActions['remove'] = async (photos) => {
    const ids = photos.map((photo) => photo._id)
    if (!(await doing(() => client.call('photos.remove', { ids })))) return
    const undo = async () => {
      await doing(() => client.call('photos.restore', { ids }))
      return () => remove(photos)
    }
    show({ text: t('photosRemoved', { count: ids.length }), undo })
  }
  return {
    remove,
    async move(ids, subjectId) {
      await doing(() => client.call('photos.move', { ids: [...ids], subjectId }))
    },
    async chooseFace(photo, face, asNewSubject = false) {
      await doing(() => client.call('photos.chooseFace', { id: photo._id, face, asNewSubject }))
    }
  }
}

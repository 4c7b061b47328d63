import { useEffect } from 'react'
import { Workspace } from '../frame/workspace.tsx'
import { useCommand } from '../keys/use-command.ts'
import { useLibrary } from '../state/mirror-context.ts'
import { useView } from '../state/view.ts'
import { ErrorBox } from '../ui/states.tsx'
import { ImportNotices } from './intake/import-notices.tsx'
import { PeoplePanel } from './intake/people-panel.tsx'
import { peopleRows } from './intake/people-rows.ts'
import { PhotoStage } from './intake/photo-stage.tsx'
import { PhotoStrip } from './intake/photo-strip.tsx'
import { RejectedTray } from './intake/rejected-tray.tsx'
import { usePhotoActions } from './intake/use-photo-actions.ts'
import { ParametersPanel } from './parameters/parameters-panel.tsx'
import { Welcome } from './welcome/welcome.tsx'

/** Photos in, order out. */
export function PrepareScreen() {
  const { subjects, photos, state, error } = useLibrary((library) => library)
  const { photoId, showPhoto } = useView()
  const { remove } = usePhotoActions()
  const ordered = peopleRows(subjects, photos).flatMap((row) => (row.kind === 'photo' ? [row.photo] : []))
  const at = ordered.findIndex((photo) => photo._id === photoId)
  const [first] = ordered
  useEffect(() => {
    if (at < 0 && first) showPhoto(first._id)
  }, [at, first, showPhoto])
  const step = (by: number) => {
    const next = ordered[at + by]
    if (!next) return false
    showPhoto(next._id)
    return true
  }
  useCommand('previous', () => step(-1))
  useCommand('next', () => step(1))
  const photo = ordered[at]
  useCommand('remove', () => {
    if (!photo) return false
    void remove([photo])
    return true
  })
  return (
    <Workspace left={<PeoplePanel />} right={<ParametersPanel />} filmstrip={ordered.length > 1 && <PhotoStrip />}>
      <ImportNotices />
      {state === 'failed' && error && <ErrorBox error={error} />}
      {photo && <PhotoStage photo={photo} />}
      {!photo && state === 'ready' && <Welcome />}
      {!photo && state === 'loading' && <div className="skeleton stage-picture" />}
      <RejectedTray />
    </Workspace>
  )
}

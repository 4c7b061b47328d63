import type { JobDetail } from '../../../contract/studio/job-calls.ts'
import { useMirror } from '../../state/mirror-context.ts'
import { useView } from '../../state/view.ts'
import { useDraft } from './draft-store.ts'

/** Takes a job's order back to Prepare, to be changed and made again. */
export function useReorder(): (job: JobDetail) => void {
  const { library } = useMirror()
  const use = useDraft((draft) => draft.use)
  const { showPhoto, setMode } = useView()
  return (job) => {
    const { parameters, maxAttempts, seed, requestedEngines, strictness, backdrop } = job
    use({ parameters, attempts: maxAttempts, seed, engines: requestedEngines, strictness }, { backdrop })
    const [reference] = job.references
    const photo = [...library.store.getState().photos.values()].find(
      (each) => each.subjectId === job.subjectId && each.artifact === reference?.artifact
    )
    if (photo) showPhoto(photo._id)
    setMode('prepare')
  }
}

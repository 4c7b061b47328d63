import { useTranslation } from 'react-i18next'
import { useLibrary } from '../../state/mirror-context.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useImports } from './import-store.ts'

/** Photos that are being looked at, with a way to stop. */
export function ImportNotices() {
  const { t } = useTranslation(['intake', 'studio'])
  const imports = useImports((state) => state.imports)
  const waiting = useLibrary((library) => library.waiting)
  return imports.map(({ id, progress, cancel }) => (
    <div key={id} className="notice" role="status">
      <span>
        {progress
          ? t('looking', { done: Math.min(Math.floor(progress.done) + 1, progress.total), total: progress.total })
          : t('lookingAt', { count: waiting })}
      </span>
      <div style={{ flex: 1 }}>
        <ProgressBar label={t('importing')} value={progress && progress.done / progress.total} />
      </div>
      <Button onClick={cancel}>{t('studio:cancel')}</Button>
    </div>
  ))
}

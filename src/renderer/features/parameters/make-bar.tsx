import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Order } from '../../../contract/studio/job-calls.ts'
import { PARAMETER_NAMES } from '../../../domain/parameters/parameters.ts'
import { useCommand } from '../../keys/use-command.ts'
import { useFormat } from '../../language/format.ts'
import { useTold, useToldError } from '../../language/told.ts'
import { useLibrary, useMirror } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { useView } from '../../state/view.ts'
import { Button } from '../../ui/button.tsx'
import { useToasts } from '../../ui/toasts.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import { isReady } from '../intake/chosen-face.ts'
import { orderedBackdrop, useDraft } from './draft-store.ts'
import { orderFor, ordersForAll } from './orders.ts'
import { useEstimate } from './use-estimate.ts'

/** As many orders as go into one call. */
const AT_ONCE = 1000

/** The one button, and who will carry it out, why and for how long. */
export function MakeBar() {
  const { t } = useTranslation('parameters')
  const { client, settings } = useMirror()
  const { duration } = useFormat()
  const doing = useDoing()
  const toldError = useToldError()
  const show = useToasts((toasts) => toasts.show)
  const { showJob, setMode, photoId } = useView()
  const photos = useLibrary((library) => library.photos)
  const draft = useDraft((state) => state.draft)
  const { estimate, error } = useEstimate(draft)
  const photo = photos.get(photoId ?? '')
  const backdrop = useDraft(orderedBackdrop)
  const asked = useMemo(() => (backdrop === 'missing' ? null : { settings: draft, backdrop }), [draft, backdrop])
  const everybody = useMemo(() => (asked ? ordersForAll(photos.values(), asked) : []), [photos, asked])

  const submit = (orders: readonly Order[]) =>
    doing(async () => {
      settings.changeSoon({ order: { ...draft, seed: null } })
      for (let at = 0; at < orders.length; at += AT_ONCE) {
        const { jobs, refused } = await client.call('jobs.submit', { orders: orders.slice(at, at + AT_ONCE) })
        const [first] = jobs
        const [why] = refused
        if (why) {
          const { message, hint } = toldError(why.error)
          show({ text: t('refused', { count: refused.length }), hint: `${message} ${hint}` })
        }
        if (first && orders.length === 1) {
          showJob(first._id)
          useView.getState().setSingle(true)
          setMode('gallery')
        } else if (jobs.length > 0) {
          show({ text: t('queued', { count: jobs.length }) })
        }
      }
    })
  const makeOne = () => {
    if (!photo || !isReady(photo) || !asked) return false
    void submit([orderFor(photo, photos.values(), asked)])
    return true
  }
  const makeAll = () => {
    if (everybody.length === 0) return false
    void submit(everybody)
    return true
  }
  useCommand('make-portrait', makeOne)
  useCommand('make-all-portraits', makeAll)
  const told = useTold()
  const failed = error === null ? null : toldError(error)
  const nameOf = (parameter: string) => {
    const name = PARAMETER_NAMES.find((each) => each === parameter)
    return name === undefined ? parameter : t(name)
  }
  const missing =
    photo === undefined ? 'chooseAPhoto' : isReady(photo) ? (asked ? null : 'chooseABackdrop') : 'chooseAPerson'
  const why = missing && t(missing)

  return (
    <div className="make-bar">
      <div className="make-buttons">
        <Tooltip text={why ?? t('make')} command="make-portrait">
          <Button kind="main" aria-disabled={missing !== null} disabled={missing !== null} onClick={makeOne}>
            {t('make')}
          </Button>
        </Tooltip>
        {everybody.length > 1 && <Button onClick={makeAll}>{t('forAll', { count: everybody.length })}</Button>}
      </div>
      <p className="quiet make-why" role="status">
        {failed !== null && `✕ ${failed.message} ${failed.hint}`}
        {error === null && why}
        {error === null && why === null && estimate && (
          <>
            {t('runsOn', { engine: told(estimate.generator.label) })} {told(estimate.generator.reason)}{' '}
            {estimate.usualMs !== null && t('takes', { time: duration(estimate.usualMs) })}
          </>
        )}
      </p>
      {error === null && estimate && estimate.limitations.length > 0 && (
        <ul className="limitations">
          {estimate.limitations.map(({ parameter, reason }) => (
            <li key={parameter} className="quiet">
              – {nameOf(parameter)}: {told(reason)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

import { useTranslation } from 'react-i18next'
import { useTold } from '../../language/told.ts'
import { useWork } from '../../state/mirror-context.ts'
import { Select } from '../../ui/select.tsx'
import { useDraft } from './draft-store.ts'

const AUTOMATIC = 'automatic'

/** Which engines make and judge the portrait; by itself the studio takes the best that runs here. */
export function EnginePicker({ port }: { readonly port: 'generator' | 'vlm' }) {
  const { t } = useTranslation('parameters')
  const told = useTold()
  const engines = useWork((work) => work.engines)
  const requested = useDraft((state) => state.draft.engines)
  const change = useDraft((state) => state.change)
  const available = (engines ?? []).filter(({ port: of, state }) => of === port && state !== 'uninstalled')
  const value = requested[port] ?? AUTOMATIC
  const chosen = available.find((engine) => engine.engine === (requested[port] ?? engine.engine) && engine.description)
  const label = (engine: string, state: string) => (state === 'away' ? t('engineAway', { engine }) : engine)
  return (
    <div className="engine-picker">
      <Select
        label={t(port)}
        value={value}
        options={[
          { value: AUTOMATIC, label: t('automatic') },
          ...available.map((engine) => ({ value: engine.engine, label: label(told(engine.label), engine.state) }))
        ]}
        onChange={(engine) => change({ engines: { ...requested, [port]: engine === AUTOMATIC ? null : engine } })}
      />
      {chosen?.description && (
        <ul className="abilities">
          {chosen.description.abilities.map((ability) => (
            <li key={ability} className="quiet">
              {told(ability)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COMMAND_IDS, COMMANDS, type CommandId, keysOf } from '../../contract/studio/commands.ts'
import { keysInWords, keysOfPress } from '../keys/chord.ts'
import { conflictsOf } from '../keys/conflicts.ts'
import { IS_MAC } from '../keys/use-command.ts'
import { useCommandLabel } from '../keys/use-command-label.ts'
import { useMirror, useSettings } from '../state/mirror-context.ts'
import { Button, IconButton } from '../ui/button.tsx'
import './shortcuts-sheet.css'

const GROUPS = ['file', 'edit', 'go', 'view', 'rate', 'compare', 'help'] as const

/** Every key of the studio; press one to give its command another. */
export function ShortcutsSheet() {
  const { t } = useTranslation('keys')
  const { settings } = useMirror()
  const shortcuts = useSettings((each) => each.shortcuts)
  return (
    <div className="shortcuts">
      <p className="quiet">{t('intro')}</p>
      <div className="shortcut-groups">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{t(`group.${group}`)}</h3>
            <dl>
              {COMMAND_IDS.filter((command) => COMMANDS[command].group === group).map((command) => (
                <ShortcutRow key={command} command={command} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Button disabled={Object.keys(shortcuts).length === 0} onClick={() => void settings.change({ shortcuts: {} })}>
        {t('resetAll')}
      </Button>
    </div>
  )
}

function ShortcutRow({ command }: { readonly command: CommandId }) {
  const { t } = useTranslation('keys')
  const { settings } = useMirror()
  const shortcuts = useSettings((each) => each.shortcuts)
  const [listening, setListening] = useState(false)
  const labelOf = useCommandLabel()
  const name = labelOf(command)
  const words = keysOf(command, shortcuts).map((keys) => keysInWords(keys, IS_MAC))
  const [conflict] = conflictsOf(command, shortcuts)
  const { [command]: changed, ...others } = shortcuts
  return (
    <div className="shortcut">
      <dt>
        {name}
        {conflict && <span className="quiet"> {t('conflict', { other: labelOf(conflict) })}</span>}
      </dt>
      <dd>
        {changed !== undefined && (
          <IconButton
            icon={RotateCcw}
            label={t('reset', { name })}
            onClick={() => void settings.change({ shortcuts: others })}
          />
        )}
        <button
          type="button"
          className="shortcut-keys"
          aria-label={t('change', { name, keys: words.join(', ') || t('none') })}
          onClick={() => setListening(true)}
          onBlur={() => setListening(false)}
          onKeyDown={(event) => {
            if (!listening) return
            event.preventDefault()
            event.stopPropagation()
            const pressed = keysOfPress(event, IS_MAC)
            if (pressed === null) return
            setListening(false)
            if (pressed === 'Escape') return
            const keys = pressed === 'Backspace' ? [] : [pressed]
            void settings.change({ shortcuts: { ...others, [command]: keys } })
          }}
        >
          {listening ? t('press') : words.map((each) => <kbd key={each}>{each}</kbd>)}
          {!listening && words.length === 0 && t('none')}
        </button>
      </dd>
    </div>
  )
}

import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StudioCallResult } from '../../../contract/studio/calls.ts'
import type { StudioClient } from '../../../contract/studio/client.ts'
import type { ServerState } from '../../../contract/studio/server-calls.ts'
import type { ServerSettings } from '../../../domain/server-settings.ts'
import { useClient } from '../../state/mirror-context.ts'
import { useCopy } from '../../state/use-copy.ts'
import { useDoing } from '../../state/use-doing.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { Segments } from '../../ui/segments.tsx'
import { ErrorBox } from '../../ui/states.tsx'
import { QrCode } from './qr-code.tsx'
import { useQuery } from './use-query.ts'

type Link = StudioCallResult<'server.makeLink'>

const describe = (client: StudioClient) => client.call('server.describe', {})

/** Who besides this window sees the studio: whether it is served, and links that let a browser in. */
export function BrowserPage() {
  const { t } = useTranslation('settings')
  const client = useClient()
  const { data: state, error, reload } = useQuery(describe)
  useEffect(() => client.subscribe('server.changed', () => void reload()), [client, reload])
  if (error) return <ErrorBox error={error} />
  if (!state) return <div className="skeleton" style={{ height: 160 }} />
  return (
    <>
      <p className="quiet">{t('browser.hint')}</p>
      {state.settings && <ServerSwitch settings={state.settings} />}
      {state.error && <ErrorBox error={state.error} />}
      {state.addresses.length > 0 && (
        <p>
          {t('browser.reached')} <span className="selectable">{state.addresses.join(', ')}</span>
        </p>
      )}
      {!state.settings && state.loopback && <p className="quiet">{t('browser.onlyHere')}</p>}
      {state.settings?.reach === 'network' && <ApiKeys count={state.apiKeys} />}
      {state.addresses.length > 0 && !state.loopback && <Entry state={state} />}
    </>
  )
}

function ServerSwitch({ settings }: { readonly settings: ServerSettings }) {
  const { t } = useTranslation('settings')
  const client = useClient()
  const doing = useDoing()
  const set = (change: Partial<ServerSettings>) =>
    void doing(() => client.call('desktop.setServer', { settings: { ...settings, ...change } }))
  return (
    <>
      <CheckField label={t('browser.on')} checked={settings.on} onChange={(on) => set({ on })} />
      <Segments
        label={t('browser.reach')}
        value={settings.reach}
        options={[
          { value: 'loopback', label: t('browser.loopback') },
          { value: 'network', label: t('browser.network') }
        ]}
        onChange={(reach) => set({ reach })}
      />
      <TextField
        key={settings.port}
        label={t('browser.port')}
        type="number"
        min={1}
        max={65_535}
        defaultValue={settings.port}
        onBlur={({ target }) => {
          const port = target.valueAsNumber
          if (Number.isInteger(port) && port > 0 && port < 65_536 && port !== settings.port) set({ port })
        }}
      />
    </>
  )
}

/** A server that others reach takes no requests without a key, and does not start without one. */
function ApiKeys({ count }: { readonly count: number }) {
  const { t } = useTranslation('settings')
  const client = useClient()
  const doing = useDoing()
  const copy = useCopy()
  const [key, setKey] = useState<string | null>(null)
  const make = () =>
    doing(async () => setKey((await client.call('desktop.makeApiKey', { name: t('browser.keyName') })).key))
  return (
    <div className="field">
      <p>{t('browser.keys', { count })}</p>
      {key === null ? (
        <div>
          <Button onClick={() => void make()}>{t('browser.makeKey')}</Button>
        </div>
      ) : (
        <>
          <p className="quiet">{t('browser.keyOnce')}</p>
          <code className="selectable link-text">{key}</code>
          <div>
            <Button onClick={() => void doing(() => copy(key))}>{t('browser.copy')}</Button>
          </div>
        </>
      )}
    </div>
  )
}

/** A link as text and as a code, and who has come in by one. */
function Entry({ state }: { readonly state: ServerState }) {
  const { t, i18n } = useTranslation('settings')
  const client = useClient()
  const doing = useDoing()
  const copy = useCopy()
  const [link, setLink] = useState<Link | null>(null)
  const make = useCallback(() => doing(async () => setLink(await client.call('server.makeLink', {}))), [client, doing])
  const until = link?.expiresAt.toLocaleTimeString(i18n.language, { hour: '2-digit', minute: '2-digit' })
  return (
    <>
      {link && (
        <div className="entry-link">
          <QrCode rows={link.code} label={t('browser.code')} />
          <div className="entry-words">
            <p>{t('browser.once', { time: until })}</p>
            <code className="selectable link-text">{link.url}</code>
            <div>
              <Button onClick={() => void doing(() => copy(link.url))}>{t('browser.copy')}</Button>
            </div>
          </div>
        </div>
      )}
      <div className="entry-actions">
        <Button kind={link ? 'plain' : 'main'} onClick={() => void make()}>
          {t(link ? 'browser.another' : 'browser.letIn')}
        </Button>
        <Button
          disabled={state.browsers === 0}
          onClick={() => void doing(() => client.call('server.forgetBrowsers', {}))}
        >
          {t('browser.forget', { count: state.browsers })}
        </Button>
      </div>
    </>
  )
}

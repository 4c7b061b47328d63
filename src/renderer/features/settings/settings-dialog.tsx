import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ShortcutsSheet } from '../../frame/shortcuts-sheet.tsx'
import { SETTINGS_PAGES, type SettingsPage, useView } from '../../state/view.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ModelsPage } from '../models/models-page.tsx'
import { AboutPage } from './about-page.tsx'
import { BrowserPage } from './browser-page.tsx'
import { EnginesPage } from './engines-page.tsx'
import { FoldersPage } from './folders-page.tsx'
import { GeneralPage } from './general-page.tsx'
import { JudgePage } from './judge-page.tsx'
import { PrivacyPage } from './privacy-page.tsx'
import { PromptsPage } from './prompts-page.tsx'
import { StoragePage } from './storage-page.tsx'
import './settings.css'

const PAGES: Readonly<Record<SettingsPage, () => ReactNode>> = {
  general: GeneralPage,
  storage: StoragePage,
  engines: EnginesPage,
  models: ModelsPage,
  judge: JudgePage,
  prompts: PromptsPage,
  folders: FoldersPage,
  browser: BrowserPage,
  privacy: PrivacyPage,
  shortcuts: ShortcutsSheet,
  about: AboutPage
}

export function SettingsDialog({ page, onClose }: { readonly page: SettingsPage; readonly onClose: () => void }) {
  const { t } = useTranslation('settings')
  const setLayer = useView((view) => view.setLayer)
  const turn = (wanted: string) => {
    const next = SETTINGS_PAGES.find((each) => each === wanted)
    if (next) setLayer({ kind: 'settings', page: next })
  }
  return (
    <Dialog open title={t('title')} width={860} onClose={onClose}>
      <Tabs.Root className="settings" value={page} onValueChange={turn} orientation="vertical">
        <Tabs.List className="settings-tabs" aria-label={t('title')}>
          {SETTINGS_PAGES.map((each) => (
            <Tabs.Trigger key={each} value={each} className="settings-tab">
              {t(`page.${each}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {SETTINGS_PAGES.map((each) => {
          const Page = PAGES[each]
          return (
            <Tabs.Content key={each} value={each} className="settings-page">
              <Page />
            </Tabs.Content>
          )
        })}
      </Tabs.Root>
    </Dialog>
  )
}

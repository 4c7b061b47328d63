import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../../keys/use-command.ts'
import { useClient, useOnDesktop } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { Select } from '../../ui/select.tsx'
import { useToasts } from '../../ui/toasts.ts'
import { useWritten } from './use-written.ts'

type Kind = 'contact-sheet' | 'proofing'
const GRIDS = ['3 × 4', '4 × 5', '5 × 6', '6 × 8'] as const

/** Contact sheet, proofing bundle, and the picks that come back from it. */
export function OtherDeliveries({ jobIds }: { readonly jobIds: readonly string[] }) {
  const { t } = useTranslation('delivery')
  const client = useClient()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)
  const [asking, setAsking] = useState<Kind | null>(null)
  const none = jobIds.length === 0
  useCommand('contact-sheet', () => (none ? false : setAsking('contact-sheet')))
  const readPicks = () =>
    doing(async () => {
      const { paths } = await client.call('dialogs.chooseFiles', { title: t('readPicks'), of: 'proofing' })
      const [path] = paths
      if (path === undefined) return
      const { picks } = await client.call('delivery.readProofing', { path })
      const picked = picks.picks.filter(({ flag }) => flag === 'pick').length
      show({ text: t('picksRead', { count: picked, title: picks.title }) })
    })
  return (
    <div className="other-deliveries">
      <Button disabled={none} onClick={() => setAsking('contact-sheet')}>
        {t('contactSheet')}
      </Button>
      <Button disabled={none} onClick={() => setAsking('proofing')}>
        {t('proofing')}
      </Button>
      <Button onClick={() => void readPicks()}>{t('readPicks')}</Button>
      {asking === 'contact-sheet' && <ContactSheetDialog jobIds={jobIds} onClose={() => setAsking(null)} />}
      {asking === 'proofing' && <ProofingDialog jobIds={jobIds} onClose={() => setAsking(null)} />}
    </div>
  )
}

interface DeliveryDialogProps {
  readonly jobIds: readonly string[]
  readonly onClose: () => void
}

function ContactSheetDialog({ jobIds, onClose }: DeliveryDialogProps) {
  const { t } = useTranslation('delivery')
  const client = useClient()
  const doing = useDoing()
  const onDesktop = useOnDesktop()
  const written = useWritten()
  const [title, setTitle] = useState('')
  const [grid, setGrid] = useState<(typeof GRIDS)[number]>('4 × 5')
  const [paper, setPaper] = useState<'a4' | 'letter'>('a4')
  const [attempts, setAttempts] = useState(false)
  const write = () =>
    doing(async () => {
      const name = `${title || t('contactSheet')}.pdf`
      const { path } = await client.call('dialogs.saveFile', { title: t('contactSheet'), name, of: 'pdf' })
      if (path === null) return
      onClose()
      const [columns, rows] = grid.split(' × ').map(Number)
      const sheet = await client.call('delivery.contactSheet', {
        items: jobIds.map((jobId) => ({ jobId })),
        options: { title, paper, attempts, ...(columns && rows ? { columns, rows } : {}) },
        path
      })
      await written(t('sheetWritten', { count: sheet.pages }), sheet.path)
    })
  return (
    <Dialog
      open
      width={440}
      title={t('contactSheet')}
      onClose={onClose}
      footer={
        <Button kind="main" onClick={() => void write()}>
          {t(onDesktop ? 'writePdf' : 'downloadPdf')}
        </Button>
      }
    >
      <div className="preset-editor">
        <TextField
          label={t('sheetTitle')}
          value={title}
          dir="auto"
          onChange={(event) => setTitle(event.target.value)}
        />
        <div className="two-fields">
          <Select
            label={t('perPage')}
            value={grid}
            options={GRIDS.map((each) => ({ value: each, label: each }))}
            onChange={setGrid}
          />
          <Select
            label={t('paper')}
            value={paper}
            options={[
              { value: 'a4', label: 'A4' },
              { value: 'letter', label: 'US Letter' }
            ]}
            onChange={setPaper}
          />
        </div>
        <CheckField label={t('withAttempts')} checked={attempts} onChange={setAttempts} />
      </div>
    </Dialog>
  )
}

function ProofingDialog({ jobIds, onClose }: DeliveryDialogProps) {
  const { t } = useTranslation('delivery')
  const client = useClient()
  const doing = useDoing()
  const onDesktop = useOnDesktop()
  const written = useWritten()
  const [title, setTitle] = useState('')
  const [packaging, setPackaging] = useState<'folder' | 'single-file'>('folder')
  const [attempts, setAttempts] = useState(false)
  const write = () =>
    doing(async () => {
      const { path } = await client.call('dialogs.chooseFolder', { title: t('proofing'), of: 'delivery' })
      if (path === null) return
      onClose()
      const bundle = await client.call('delivery.writeProofing', {
        items: jobIds.map((jobId) => ({ jobId })),
        options: { title, packaging, attempts },
        folder: path
      })
      const wanted = onDesktop ? bundle.page : path
      await written(t('proofingWritten', { count: bundle.pictures }), wanted)
    })
  return (
    <Dialog
      open
      width={440}
      title={t('proofing')}
      onClose={onClose}
      footer={
        <Button kind="main" disabled={title.trim() === ''} onClick={() => void write()}>
          {t(onDesktop ? 'chooseFolder' : 'download')}
        </Button>
      }
    >
      <div className="preset-editor">
        <p>{t('proofingHint')}</p>
        <TextField
          label={t('proofingTitle')}
          value={title}
          dir="auto"
          onChange={(event) => setTitle(event.target.value)}
        />
        <Select
          label={t('packaging')}
          value={packaging}
          options={[
            { value: 'folder', label: t('packages.folder') },
            { value: 'single-file', label: t('packages.single-file') }
          ]}
          onChange={setPackaging}
        />
        <CheckField label={t('withAttempts')} checked={attempts} onChange={setAttempts} />
      </div>
    </Dialog>
  )
}

import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { StudioPhoto, Subject } from '../../../domain/subject.ts'
import { useLibrary, useMirror } from '../../state/mirror-context.ts'
import { useDoing } from '../../state/use-doing.ts'
import { useView } from '../../state/view.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu, type MenuEntry } from '../../ui/menu.tsx'
import { useToasts } from '../../ui/toasts.ts'

interface PersonRowProps {
  readonly subject: Subject
  readonly photos: readonly StudioPhoto[]
}

/** A person's name, to be changed in place, and what can be done with all their photos. */
export function PersonRow({ subject, photos }: PersonRowProps) {
  const { t } = useTranslation('intake')
  const { client } = useMirror()
  const doing = useDoing()
  const show = useToasts((toasts) => toasts.show)
  const current = useView((view) => view.photoId)
  const host = useLibrary((library) => library.photos.get(current ?? '')?.subjectId)
  const hostName = useLibrary((library) => library.subjects.get(host ?? '')?.name)

  const rename = (name: string) => {
    if (name.trim() === '' || name === subject.name) return
    void doing(() => client.call('subjects.rename', { id: subject._id, name }))
  }
  const remove = async () => {
    const ids = [subject._id]
    if (!(await doing(() => client.call('subjects.remove', { ids })))) return
    const undo = async () => {
      await doing(() => client.call('subjects.restore', { ids }))
      return remove
    }
    show({ text: t('personRemoved', { name: subject.name }), undo })
  }
  const entries: MenuEntry[] = [
    ...(host !== undefined && hostName !== undefined && host !== subject._id
      ? [
          {
            label: t('samePersonAs', { name: hostName }),
            onSelect: () => void doing(() => client.call('subjects.merge', { into: host, others: [subject._id] }))
          }
        ]
      : []),
    {
      label: t('separate'),
      disabled: photos.length < 2,
      onSelect: () =>
        void doing(() =>
          client.call('photos.move', { ids: photos.slice(1).map((photo) => photo._id), subjectId: null })
        )
    },
    null,
    { label: t('removePerson'), onSelect: () => void remove() }
  ]
  return (
    <div className="person">
      <h3>
        <input
          key={subject.name}
          className="person-name"
          aria-label={t('personName')}
          defaultValue={subject.name}
          dir="auto"
          maxLength={200}
          onBlur={(event) => rename(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.value = subject.name
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
          }}
        />
      </h3>
      <Menu entries={entries}>
        <IconButton icon={Ellipsis} label={t('personMenu', { name: subject.name })} />
      </Menu>
    </div>
  )
}

import { ImagePlus } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Swatch } from '../../../contract/studio/studio-calls.ts'
import { OWN_BACKDROP } from '../../../domain/parameters/background.ts'
import { useOwnFiles } from '../../state/mirror-context.ts'
import { carriesPhotos, gather } from '../intake/photo-sources.ts'
import { useDraft } from './draft-store.ts'
import { SwatchPicture } from './swatch-picker.tsx'
import { useChoiceWords } from './use-choice-words.ts'
import { useOwnBackdrop } from './use-own-backdrop.ts'

/** The choice of a file as the background: a click asks for it while there is none, and it can be dropped here. */
export function OwnBackdropChoice({ swatch }: { readonly swatch: Swatch | undefined }) {
  const { t } = useTranslation('parameters')
  const words = useChoiceWords()
  const own = useOwnFiles()
  const backdrop = useDraft((state) => state.backdrop)
  const { choose, takeFile } = useOwnBackdrop()
  const [over, setOver] = useState(false)

  const dropped = async (event: DragEvent) => {
    if (!carriesPhotos(event.dataTransfer)) return
    // The window, which takes photos wherever they are dropped, leaves alone what has been taken here.
    event.preventDefault()
    setOver(false)
    const [first] = await gather(event.dataTransfer, own).files
    if (first) await takeFile(first)
  }

  return (
    <RadioGroup.Item
      value={OWN_BACKDROP}
      className="swatch"
      title={t('ownBackdrop.hint')}
      data-over={over}
      onDragEnter={() => setOver(true)}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void dropped(event)}
      onClick={(event) => {
        // Arrow keys pass by as well, and they click without a pointer: a dialog would be in their way.
        if (!backdrop && event.detail > 0) void choose()
      }}
    >
      {backdrop ? (
        <SwatchPicture swatch={swatch} />
      ) : (
        <span className="swatch-picture" data-empty="true">
          <ImagePlus aria-hidden />
        </span>
      )}
      <span className="swatch-name one-line">{words('background', OWN_BACKDROP)}</span>
    </RadioGroup.Item>
  )
}

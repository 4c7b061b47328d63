import { type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePictures } from '../../state/mirror-context.ts'
import { Slider } from '../../ui/slider.tsx'
import type { PictureZoom } from '../picture/zoom.ts'
import { ZoomablePicture } from '../picture/zoomable-picture.tsx'
import { alignment, eyesOf } from './alignment.ts'
import type { Candidate } from './candidates.ts'
import './compare.css'

interface LayeredPicturesProps {
  readonly how: 'slider' | 'blink' | 'difference'
  readonly first: Candidate
  readonly second: Candidate
  readonly titles: readonly [string, string]
  /** Blink: the second is shown. */
  readonly blinking: boolean
  readonly zoom: PictureZoom
  readonly onZoom: (zoom: PictureZoom) => void
}

/**
 * Two pictures in one place: one wiped over the other, one after the other, or what differs. A reference is laid onto
 * the portrait by the eyes, so that the same face is compared.
 */
export function LayeredPictures(props: LayeredPicturesProps) {
  const { how, first, second, titles, blinking, zoom, onZoom } = props
  const { t } = useTranslation('compare')
  const [wiped, setWiped] = useState(0.5)
  const drag = (event: PointerEvent) => {
    if (how !== 'slider' || event.buttons !== 1 || zoom.times !== null) return
    const box = event.currentTarget.getBoundingClientRect()
    setWiped(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)))
  }
  // The frame is that of the portrait; the first one stands on the left whichever carries the frame.
  const firstAbove = first.choice === 'reference'
  const [frame, laid] = firstAbove ? [second, first] : [first, second]
  const seen = firstAbove ? !blinking : blinking
  const clip = firstAbove ? `inset(0 ${(1 - wiped) * 100}% 0 0)` : `inset(0 0 0 ${wiped * 100}%)`
  return (
    <div className="layers">
      <div className="layers-pane" onPointerDown={drag} onPointerMove={drag}>
        <ZoomablePicture
          picture={frame.picture}
          alt={titles[firstAbove ? 1 : 0]}
          zoom={zoom}
          onZoom={onZoom}
          over={(scale) => (
            <div
              className="layer"
              data-how={how}
              hidden={how === 'blink' && !seen}
              {...(how === 'slider' && { style: { clipPath: clip } })}
            >
              <LaidPicture laid={laid} frame={frame} scale={scale} alt={titles[firstAbove ? 0 : 1]} />
            </div>
          )}
        />
        <span className="layer-name" data-side="start">
          {how === 'blink' && blinking ? titles[1] : titles[0]}
        </span>
        {how !== 'blink' && (
          <span className="layer-name" data-side="end">
            {titles[1]}
          </span>
        )}
      </div>
      {how === 'slider' && (
        <div className="layers-foot">
          <Slider label={t('wipe')} value={wiped} min={0} max={1} step={0.01} onChange={setWiped} />
        </div>
      )}
      {how === 'blink' && <p className="layers-foot quiet">{t('blinkHint')}</p>}
      {how === 'difference' && <p className="layers-foot quiet">{t('differenceHint')}</p>}
    </div>
  )
}

interface LaidPictureProps {
  readonly laid: Candidate
  readonly frame: Candidate
  /** CSS pixels for one pixel of the frame. */
  readonly scale: number
  readonly alt: string
}

function LaidPicture({ laid, frame, scale, alt }: LaidPictureProps) {
  const { address } = usePictures()
  const byFace = laid.choice === 'reference' || frame.choice === 'reference' || laid.job !== frame.job
  const at = (candidate: Candidate) => ({
    eyes: byFace ? eyesOf(candidate) : null,
    size: candidate.picture.size
  })
  const [a, b, c, d, e, f] = alignment(at(laid), at(frame))
  const { width, height } = laid.picture.size
  return (
    <img
      src={address(laid.picture.media)}
      alt={alt}
      draggable={false}
      style={{
        width,
        height,
        maxWidth: 'none',
        transformOrigin: '0 0',
        transform: `scale(${scale}) matrix(${a}, ${b}, ${c}, ${d}, ${e}, ${f})`
      }}
    />
  )
}

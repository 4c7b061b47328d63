import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { useFormat } from '../../language/format.ts'
import { usePictures } from '../../state/mirror-context.ts'
import type { StagePicture } from './stage-picture.ts'
import { useSize } from './use-size.ts'
import { FITTED, type Pane, type PictureZoom, panned, placementOf, zoomedTo } from './zoom.ts'
import './picture.css'

interface ZoomablePictureProps {
  readonly picture: StagePicture
  readonly alt: string
  readonly zoom: PictureZoom
  readonly onZoom: (zoom: PictureZoom) => void
  /** Drawn over the picture, in its box; gets CSS pixels for one pixel of the picture. */
  readonly over?: ((scale: number) => ReactNode) | undefined
  readonly children?: ReactNode
}

const WHEEL_STEP = 1.0015
const KEY_STEP = 64
/** From here single pixels are shown as squares, screen pixels for one of the picture. */
const CRISP = 2

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [KEY_STEP, 0],
  ArrowRight: [-KEY_STEP, 0],
  ArrowUp: [0, KEY_STEP],
  ArrowDown: [0, -KEY_STEP]
}

/** One picture in a pane: wheel zooms at the pointer, dragging and arrows move it, double click goes to 1:1 and back. */
export function ZoomablePicture({ picture, alt, zoom, onZoom, over, children }: ZoomablePictureProps) {
  const { address } = usePictures()
  const { percent } = useFormat()
  const [element, size] = useSize<HTMLElement>()
  const [panning, setPanning] = useState(false)
  const [loaded, setLoaded] = useState<string | null>(null)
  const src = address(picture.media)
  const pane: Pane | null = size && { ...size, ratio: devicePixelRatio }
  const placement = pane && placementOf(zoom, pane, picture.size)
  const zoomed = placement?.zoomed ?? false

  const zoomTo = (times: number, event: { clientX: number; clientY: number }) => {
    const box = element.current?.getBoundingClientRect()
    if (!box || !pane || !placement) return
    const at = { x: event.clientX - box.left, y: event.clientY - box.top }
    onZoom(zoomedTo(times, at, placement, pane, picture.size))
  }
  const move = (x: number, y: number) => pane && placement && onZoom(panned(zoom, { x, y }, placement, pane))

  // React listens to wheel events passively; this one keeps the page from scrolling.
  const wheel = useEffectEvent((event: WheelEvent) => {
    event.preventDefault()
    if (pane && placement) zoomTo(placement.scale * pane.ratio * WHEEL_STEP ** -event.deltaY, event)
  })
  useEffect(() => {
    const stop = new AbortController()
    element.current?.addEventListener('wheel', (event) => wheel(event), { passive: false, signal: stop.signal })
    return () => stop.abort()
  }, [element])

  const drag = (event: PointerEvent) => {
    if (event.button !== 0 || !zoomed) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setPanning(true)
  }
  const key = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (!zoomed || !step) return
    event.preventDefault()
    move(...step)
  }

  return (
    <figure
      ref={element}
      className="pane"
      data-zoomed={zoomed}
      data-panning={panning}
      onDoubleClick={(event) => (zoomed ? onZoom(FITTED) : zoomTo(1, event))}
      onPointerDown={drag}
      onPointerMove={(event) => panning && move(event.movementX, event.movementY)}
      onPointerUp={() => setPanning(false)}
      onPointerCancel={() => setPanning(false)}
      onKeyDown={key}
    >
      {placement && (
        <div
          className="pane-picture"
          style={{ left: placement.left, top: placement.top, width: placement.width, height: placement.height }}
          data-crisp={placement.scale * devicePixelRatio >= CRISP}
        >
          {loaded !== src && <div className="skeleton" />}
          <img src={src} alt={alt} draggable={false} onLoad={() => setLoaded(src)} />
          {over?.(placement.scale)}
        </div>
      )}
      {placement?.zoomed && <span className="zoom-badge">{percent(placement.scale * devicePixelRatio)}</span>}
      {children}
    </figure>
  )
}

import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Group, Panel, type PanelSize, Separator } from 'react-resizable-panels'
import { useMirror, useSettings } from '../state/mirror-context.ts'
import { useMediaQuery } from '../state/use-media-query.ts'
import './frame.css'

interface WorkspaceProps {
  readonly left: ReactNode
  readonly right: ReactNode
  readonly filmstrip?: ReactNode
  /** The stage. */
  readonly children: ReactNode
}

/** Below this width, CSS px, there is room for one side only (1100 px at 150 % scaling, say). */
const NARROW = '(max-width: 820px)'
/** Smallest and largest width of a side, CSS px. */
const SIDE = { minSize: 200, maxSize: 520 }
/** Smallest and largest height of the filmstrip, CSS px. */
const STRIP = { minSize: 80, maxSize: 260 }

const PANELS = ['left', 'right', 'filmstrip'] as const
type PanelName = (typeof PANELS)[number]

/** Until the new sizes have been laid out, ms. */
const LAID_OUT_MS = 100

/** Of all panels together, CSS px; 0 while nothing is shown. */
const sizeOfAll = ({ inPixels, asPercentage }: PanelSize) => (asPercentage > 0 ? (inPixels / asPercentage) * 100 : 0)

/** The body of every mode: what there is on the left, the stage, what to do with it on the right, the filmstrip below. */
export function Workspace({ left, right, filmstrip, children }: WorkspaceProps) {
  const { t } = useTranslation()
  const { settings } = useMirror()
  const panels = useSettings(({ panels }) => panels)
  const narrow = useMediaQuery(NARROW)
  const hasLeft = panels.left.open && !narrow
  const hasRight = panels.right.open
  // A panel that is told a new size while it is dragged lets go: sizes are kept once the pointer has.
  const sizes = useRef<Partial<Record<PanelName, number>>>({})
  const keeping = useRef<ReturnType<typeof setTimeout>>(undefined)
  const resized = (name: PanelName) => (size: PanelSize, _id: unknown, before: PanelSize | undefined) => {
    // What gives way to a smaller window is as large as before in the next larger one.
    const ofWindow = before === undefined || Math.abs(sizeOfAll(size) - sizeOfAll(before)) > 2
    if (!ofWindow) sizes.current[name] = Math.round(size.inPixels)
  }
  const keep = () => {
    clearTimeout(keeping.current)
    keeping.current = setTimeout(() => {
      const { panels } = settings.store.getState().settings
      const { left = panels.left.size, right = panels.right.size, filmstrip = panels.filmstrip.size } = sizes.current
      const kept = {
        left: { ...panels.left, size: left },
        right: { ...panels.right, size: right },
        filmstrip: { ...panels.filmstrip, size: filmstrip }
      }
      if (PANELS.some((name) => kept[name].size !== panels[name].size)) settings.changeSoon({ panels: kept })
    }, LAID_OUT_MS)
  }
  const panel = (name: PanelName, limits: { readonly minSize: number; readonly maxSize: number }) => ({
    id: name,
    defaultSize: panels[name].size,
    groupResizeBehavior: 'preserve-pixel-size' as const,
    onResize: resized(name),
    ...limits
  })
  return (
    <Group className="workspace" orientation="vertical" onLayoutChanged={keep}>
      <Panel id="sides" minSize={200}>
        <Group className="sides" orientation="horizontal" onLayoutChanged={keep}>
          {hasLeft && (
            <>
              <Panel {...panel('left', SIDE)}>
                <Region as="nav" name="left" className="side">
                  {left}
                </Region>
              </Panel>
              <Separator className="divider" aria-label={t('region.resizeLeft')} />
            </>
          )}
          <Panel id="stage" minSize={280}>
            <Region as="main" name="stage" className="stage">
              {children}
            </Region>
          </Panel>
          {hasRight && (
            <>
              <Separator className="divider" aria-label={t('region.resizeRight')} />
              <Panel {...panel('right', SIDE)}>
                <Region as="aside" name="right" className="side">
                  {narrow ? (
                    <div className="both-sides">
                      <div className="upper-side">{left}</div>
                      <div className="lower-side">{right}</div>
                    </div>
                  ) : (
                    right
                  )}
                </Region>
              </Panel>
            </>
          )}
        </Group>
      </Panel>
      {filmstrip && panels.filmstrip.open && !narrow && (
        <>
          <Separator className="divider" aria-label={t('region.resizeFilmstrip')} />
          <Panel {...panel('filmstrip', STRIP)}>
            <Region as="section" name="filmstrip" className="filmstrip">
              {filmstrip}
            </Region>
          </Panel>
        </>
      )}
    </Group>
  )
}

interface RegionProps {
  readonly as: 'nav' | 'main' | 'aside' | 'section'
  readonly name: 'stage' | PanelName
  readonly className: string
  readonly children: ReactNode
}

/** A part of the window that F6 goes to. */
function Region({ as: Tag, name, className, children }: RegionProps) {
  const { t } = useTranslation()
  return (
    <Tag className={className} aria-label={t(`region.${name}`)} data-region tabIndex={-1}>
      {children}
    </Tag>
  )
}

import type { ReactNode } from 'react'
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

/** The body of every mode: what there is on the left, the stage, what to do with it on the right, the filmstrip below. */
export function Workspace({ left, right, filmstrip, children }: WorkspaceProps) {
  const { t } = useTranslation()
  const { settings } = useMirror()
  const panels = useSettings(({ panels }) => panels)
  const narrow = useMediaQuery(NARROW)
  const hasLeft = panels.left.open && !narrow
  const hasRight = panels.right.open
  // Main keeps the sizes; the frame that is dragged is its own master until the pointer lets go.
  const remember = (side: 'left' | 'right') => (size: PanelSize, _id: unknown, before: PanelSize | undefined) => {
    const px = Math.round(size.inPixels)
    if (before === undefined || Math.abs(px - settings.store.getState().settings.panels[side].size) < 2) return
    const { panels } = settings.store.getState().settings
    settings.changeSoon({ panels: { ...panels, [side]: { ...panels[side], size: px } } })
  }
  return (
    <div className="workspace">
      <Group className="sides" orientation="horizontal">
        {hasLeft && (
          <>
            <Panel
              id="left"
              defaultSize={panels.left.size}
              groupResizeBehavior="preserve-pixel-size"
              onResize={remember('left')}
              {...SIDE}
            >
              <nav className="side" aria-label={t('region.left')} data-region tabIndex={-1}>
                {left}
              </nav>
            </Panel>
            <Separator className="divider" aria-label={t('region.resizeLeft')} />
          </>
        )}
        <Panel id="stage" minSize={280}>
          <main className="stage" aria-label={t('region.stage')} data-region tabIndex={-1}>
            {children}
          </main>
        </Panel>
        {hasRight && (
          <>
            <Separator className="divider" aria-label={t('region.resizeRight')} />
            <Panel
              id="right"
              defaultSize={panels.right.size}
              groupResizeBehavior="preserve-pixel-size"
              onResize={remember('right')}
              {...SIDE}
            >
              <aside className="side" aria-label={t('region.right')} data-region tabIndex={-1}>
                {narrow ? (
                  <div className="both-sides">
                    <div className="upper-side">{left}</div>
                    <div className="lower-side">{right}</div>
                  </div>
                ) : (
                  right
                )}
              </aside>
            </Panel>
          </>
        )}
      </Group>
      {filmstrip && panels.filmstrip.open && (
        <section className="filmstrip" aria-label={t('region.filmstrip')} data-region tabIndex={-1}>
          {filmstrip}
        </section>
      )}
    </div>
  )
}

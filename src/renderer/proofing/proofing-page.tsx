import { useEffect, useState } from 'react'
import type { ProofingBundle, ProofingPicture } from '../../domain/delivery/proofing-page.ts'
import { LargeView } from './large-view.tsx'
import { type ChangeMark, FlagButtons } from './mark-controls.tsx'
import {
  FILTERS,
  type Filter,
  markOf,
  picksFile,
  rememberedSession,
  rememberSession,
  type Session,
  shownBy
} from './marks.ts'
import { SavePicks } from './save-picks.tsx'

const FILTER_WORDS: Readonly<Record<Filter, string>> = {
  all: 'All',
  picked: 'Favourites',
  undecided: 'Undecided',
  rejected: 'Not these'
}

/** Every picture of a bundle, to be marked by mouse, touch or keyboard; the marks leave as a file. */
export function ProofingPage({ bundle }: { readonly bundle: ProofingBundle }) {
  const [session, setSession] = useState<Session>(() => rememberedSession(bundle))
  const [filter, setFilter] = useState<Filter>('all')
  const [open, setOpen] = useState<number | null>(null)
  const [unsaved, setUnsaved] = useState(false)
  const shown = shownBy(filter, bundle, session)
  const large = bundle.pictures.find(({ number }) => number === open)

  useEffect(() => {
    if (!unsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [unsaved])

  function update(next: Session) {
    setSession(next)
    setUnsaved(true)
    rememberSession(bundle, next)
  }
  const changing =
    (picture: ProofingPicture): ChangeMark =>
    (change) => {
      const marks = { ...session.marks, [picture.number]: { ...markOf(session, picture), ...change } }
      update({ ...session, marks })
    }
  function step(picture: ProofingPicture, by: 1 | -1) {
    // What was filtered away meanwhile still has its neighbours.
    const order = shown.includes(picture) ? shown : bundle.pictures
    const next = order[order.indexOf(picture) + by]
    if (next) setOpen(next.number)
  }
  function close(picture: ProofingPicture) {
    setOpen(null)
    document.getElementById(`picture-${picture.number}`)?.focus()
  }

  return (
    <>
      <header className="top">
        <div className="titles">
          <h1>{bundle.title}</h1>
          {bundle.from && <p className="quiet">{bundle.from}</p>}
        </div>
        {bundle.message && <p className="message">{bundle.message}</p>}
        <div className="bar">
          <fieldset className="filters">
            <legend className="unseen">Show</legend>
            {FILTERS.map((each) => (
              <button type="button" key={each} aria-pressed={filter === each} onClick={() => setFilter(each)}>
                {FILTER_WORDS[each]} <span className="quiet">{shownBy(each, bundle, session).length}</span>
              </button>
            ))}
          </fieldset>
          <SavePicks
            client={session.client}
            onClient={(client) => update({ ...session, client })}
            file={() => picksFile(bundle, session, new Date())}
            onSaved={() => setUnsaved(false)}
            unsaved={unsaved}
          />
        </div>
      </header>
      <main>
        {shown.length === 0 && <p className="quiet empty">No picture here yet.</p>}
        <ul className="grid">
          {shown.map((picture) => {
            const mark = markOf(session, picture)
            return (
              <li key={picture.number} className={mark.flag}>
                <button
                  type="button"
                  id={`picture-${picture.number}`}
                  className="thumbnail"
                  aria-label={`Open picture ${picture.number}, ${picture.name}`}
                  onClick={() => setOpen(picture.number)}
                >
                  <img src={picture.thumbnail} alt="" width={picture.width} height={picture.height} loading="lazy" />
                </button>
                <div className="caption">
                  <span className="name">
                    {picture.number} <span className="quiet">{picture.name}</span>
                  </span>
                  <span className="said">
                    {mark.stars > 0 && (
                      <span role="img" aria-label={`${mark.stars} stars`}>
                        {'★'.repeat(mark.stars)}
                      </span>
                    )}
                    {mark.comment.trim() !== '' && <span title={mark.comment}>Comment</span>}
                  </span>
                  <FlagButtons
                    subject={`${picture.number}, ${picture.name}`}
                    mark={mark}
                    onChange={changing(picture)}
                  />
                </div>
              </li>
            )
          })}
        </ul>
        <p className="quiet help">
          Open a picture to see it large. Keys there: ← → next, P favourite, X not this one, U undecided, 1–5 stars, C
          comment, Z full size, Esc back. Nothing leaves this device until you send the saved file yourself.
        </p>
      </main>
      {large && (
        <LargeView
          picture={large}
          position={`${(shown.includes(large) ? shown : bundle.pictures).indexOf(large) + 1} of ${shown.includes(large) ? shown.length : bundle.pictures.length}`}
          mark={markOf(session, large)}
          onChange={changing(large)}
          onStep={(by) => step(large, by)}
          onClose={() => close(large)}
        />
      )}
    </>
  )
}

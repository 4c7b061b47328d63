import { useState } from 'react'
import type { ProofingPicks } from '../../domain/delivery/proofing.ts'

interface SavePicksProps {
  readonly client: string
  readonly onClient: (client: string) => void
  readonly file: () => ProofingPicks
  readonly onSaved: () => void
  readonly unsaved: boolean
}

/** Saves the picks as a file, or shows them as text where a browser lets a page save none. */
export function SavePicks({ client, onClient, file, onSaved, unsaved }: SavePicksProps) {
  const [text, setText] = useState<string | null>(null)
  const [said, setSaid] = useState('')

  function save() {
    const picks = file()
    const address = URL.createObjectURL(new Blob([asText(picks)], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = address
    link.download = `${fileName(picks)}.json`
    link.click()
    // Some browsers begin to read it only after this turn.
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
    onSaved()
    setSaid(`${picks.picks.length} marked pictures saved. Send the file to your photographer.`)
  }

  return (
    <div className="save">
      <label>
        <span className="unseen">Your name</span>
        <input
          value={client}
          placeholder="Your name"
          maxLength={200}
          onChange={(event) => onClient(event.target.value)}
        />
      </label>
      <button type="button" className="primary" onClick={save}>
        Save picks
      </button>
      <button
        type="button"
        onClick={() => setText(text === null ? asText(file()) : null)}
        aria-expanded={text !== null}
      >
        As text
      </button>
      <p className="quiet" aria-live="polite">
        {unsaved ? 'Not saved yet.' : said}
      </p>
      {text !== null && (
        <label className="as-text">
          Copy this into a message to your photographer.
          <textarea readOnly rows={6} value={text} onFocus={(event) => event.target.select()} />
        </label>
      )}
    </div>
  )
}

const asText = (picks: ProofingPicks) => `${JSON.stringify(picks, null, 2)}\n`

const fileName = ({ title, client }: ProofingPicks) =>
  `picks ${title} ${client}`.trim().replace(/[^\p{L}\p{N} _-]+/gu, '_')

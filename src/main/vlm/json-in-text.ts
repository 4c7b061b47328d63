/** Characters of an answer that are looked through. */
const MOST = 200_000
/** Braces that it is looked for at: text of nothing but braces, each looked at to its end, would take minutes. */
const MOST_BRACES = 50

/**
 * The first whole JSON object in a text, whatever stands around it: a fence, an apology, a second thought. Undefined where
 * there is none, e.g. in an answer that was cut off.
 */
export function jsonInText(text: string): unknown {
  const looked = text.slice(0, MOST)
  let braces = 0
  for (let from = looked.indexOf('{'); from >= 0; from = looked.indexOf('{', from + 1)) {
    braces += 1
    if (braces > MOST_BRACES) return undefined
    const to = endOfObject(looked, from)
    if (to === null) return undefined
    try {
      const value: unknown = JSON.parse(looked.slice(from, to))
      return value
    } catch {
      // A brace of the prose: the object may come after it.
    }
  }
  return undefined
}

/** Index after the brace that closes the one at `from`, strings left out of account. */
function endOfObject(text: string, from: number): number | null {
  let [depth, inString] = [0, false]
  for (let at = from; at < text.length; at += 1) {
    const character = text[at]
    if (inString && character === '\\') at += 1
    else if (character === '"') inString = !inString
    else if (!inString && character === '{') depth += 1
    else if (!inString && character === '}') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return null
}

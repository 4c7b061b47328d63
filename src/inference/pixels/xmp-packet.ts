/**
 * One property: `prefix:Name` and its text. `list` is an ordered array of one, `alternatives` a text by
 * language; `text` when left out.
 */
export interface Described {
  readonly name: string
  readonly text: string
  readonly as?: 'text' | 'list' | 'alternatives'
}

/** ISO 16684-1:2019, 8; IPTC Photo Metadata 2023.1; CIPA DC-010-2024; the last is the studio's own. */
const NAMESPACES = {
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  exifEX: 'http://cipa.jp/exif/1.0/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  apex: 'urn:apex-portrait-studio:recipe:1.0/'
}

/** An XMP packet (ISO 16684-1:2019, 7) of the properties that have a text, or null when none has. */
export function xmpPacket(properties: readonly Described[]): string | null {
  const said = properties.filter(({ text }) => text !== '')
  if (said.length === 0) return null
  const used = Object.entries(NAMESPACES).filter(([prefix]) => said.some(({ name }) => name.startsWith(`${prefix}:`)))
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""',
    ...used.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`),
    '>',
    ...said.map(element),
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
  ].join('')
}

function element({ name, text, as = 'text' }: Described): string {
  const value = escapeXml(text)
  switch (as) {
    case 'text':
      return `<${name}>${value}</${name}>`
    case 'list':
      return `<${name}><rdf:Seq><rdf:li>${value}</rdf:li></rdf:Seq></${name}>`
    case 'alternatives':
      return `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${value}</rdf:li></rdf:Alt></${name}>`
  }
}

const XML_ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** What XML 1.0 (2.2) has no way to write. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

function escapeXml(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"]/g, (character) => XML_ESCAPES[character] ?? character)
}

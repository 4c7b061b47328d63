import type { Sharp } from './sharp.ts'

/** What a picture file says about itself. */
export interface PictureMetadata {
  readonly description?: string
  readonly creator?: string
  readonly copyright?: string
  /** Program that made the picture. */
  readonly software?: string
  readonly pixelsPerInch?: number
}

/** Adds it as EXIF, where the format has that, and as XMP, which TIFF has too. Nothing else is written. */
export function withPictureMetadata(output: Sharp, metadata: PictureMetadata): Sharp {
  const { description, creator, copyright, software, pixelsPerInch } = metadata
  const exif = Object.entries({
    ImageDescription: description,
    Artist: creator,
    Copyright: copyright,
    Software: software
  })
  const given = exif.filter((entry): entry is [string, string] => entry[1] !== undefined)
  if (given.length > 0) output.withExif({ IFD0: Object.fromEntries(given) }).withXmp(xmpPacket(metadata))
  if (pixelsPerInch !== undefined) output.withDensity(pixelsPerInch)
  return output
}

/** Dublin Core and XMP Basic properties (ISO 16684-1:2019, 8.3 and 8.4). */
function xmpPacket({ description, creator, copyright, software }: PictureMetadata): string {
  const alternatives = (name: string, text: string | undefined) =>
    text ? `<dc:${name}><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(text)}</rdf:li></rdf:Alt></dc:${name}>` : ''
  const creators = creator ? `<dc:creator><rdf:Seq><rdf:li>${escapeXml(creator)}</rdf:li></rdf:Seq></dc:creator>` : ''
  const tool = software ? `<xmp:CreatorTool>${escapeXml(software)}</xmp:CreatorTool>` : ''
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">',
    alternatives('description', description),
    creators,
    alternatives('rights', copyright),
    tool,
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
  ].join('')
}

const XML_ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => XML_ESCAPES[character] ?? character)
}

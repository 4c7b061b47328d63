import type { PictureRecipe } from '../../domain/delivery/export-picture.ts'
import type { Sharp } from './sharp.ts'
import { type Described, xmpPacket } from './xmp-packet.ts'

/** EXIF values by directory and tag name, in words as libvips reads them, e.g. `IFD2: { ExposureTime: '1/250' }`. */
export type ExifText = Readonly<Record<string, Readonly<Record<string, string>>>>

/** What a picture file says about itself. Empty texts are left out. */
export interface PictureMetadata {
  readonly title?: string
  readonly creator?: string
  readonly copyright?: string
  /** Program that made the picture. */
  readonly software?: string
  readonly pixelsPerInch?: number
  /** Of the camera. */
  readonly exif?: ExifText
  /** Address of an IPTC NewsCode. */
  readonly digitalSourceType?: string
  readonly recipe?: PictureRecipe
}

/**
 * Adds it as EXIF, where libvips writes that (not in TIFF), and as XMP in every format, which holds all that EXIF holds
 * and more. Nothing else is written.
 */
export function withPictureMetadata(output: Sharp, metadata: PictureMetadata): Sharp {
  const { pixelsPerInch } = metadata
  const exif = exifOf(metadata)
  if (Object.keys(exif).length > 0) output.withExif(exif)
  const packet = xmpPacket(propertiesOf(metadata, exif))
  if (packet !== null) output.withXmp(packet)
  if (pixelsPerInch !== undefined) output.withDensity(pixelsPerInch)
  return output
}

function exifOf({ title, creator, copyright, software, exif = {} }: PictureMetadata): ExifText {
  const own = { ImageDescription: title, Artist: creator, Copyright: copyright, Software: software }
  const stated = Object.entries(own).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const first = { ...exif.IFD0, ...Object.fromEntries(stated) }
  return Object.keys(first).length > 0 ? { ...exif, IFD0: first } : exif
}

/** EXIF tags whose XMP property has another name (CIPA DC-010-2024, tables 1 and 2). */
const RENAMED: Readonly<Record<string, string>> = {
  Make: 'tiff:Make',
  Model: 'tiff:Model',
  LensMake: 'exifEX:LensMake',
  LensModel: 'exifEX:LensModel',
  ISOSpeedRatings: 'exifEX:PhotographicSensitivity'
}
/** Those that are structures in XMP, or repeat what another property says. */
const NOT_IN_XMP: ReadonlySet<string> = new Set(['Flash', 'SubSecTimeOriginal', 'OffsetTimeOriginal'])

function propertiesOf(metadata: PictureMetadata, exif: ExifText): Described[] {
  const { title = '', creator = '', copyright = '', software = '', digitalSourceType = '', recipe } = metadata
  const camera = Object.entries({ ...metadata.exif?.IFD0, ...exif.IFD2 }).flatMap(([tag, text]) =>
    NOT_IN_XMP.has(tag) ? [] : [{ name: RENAMED[tag] ?? `exif:${tag}`, text: xmpValue(tag, text, exif) }]
  )
  return [
    { name: 'dc:description', text: title, as: 'alternatives' },
    { name: 'dc:creator', text: creator, as: 'list' },
    { name: 'dc:rights', text: copyright, as: 'alternatives' },
    { name: 'xmpRights:Marked', text: copyright && 'True' },
    { name: 'xmp:CreatorTool', text: software },
    { name: 'Iptc4xmpExt:DigitalSourceType', text: digitalSourceType },
    ...camera,
    ...(recipe ? recipeProperties(recipe) : [])
  ]
}

const EXIF_DATE = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/

/** EXIF dates become ISO 8601 with their fraction and zone, as XMP wants them (ISO 16684-1:2019, 8.2.1.2). */
function xmpValue(tag: string, text: string, { IFD2 = {} }: ExifText): string {
  if (tag !== 'DateTimeOriginal') return text
  const date = EXIF_DATE.exec(text)
  if (!date) return text
  const [, year, month, day, time] = date
  const fraction = IFD2.SubSecTimeOriginal ? `.${IFD2.SubSecTimeOriginal}` : ''
  return `${year}-${month}-${day}T${time}${fraction}${IFD2.OffsetTimeOriginal ?? ''}`
}

function recipeProperties(recipe: PictureRecipe): Described[] {
  const { job, attempt, seed, engine, engineVersion, prompt, parameters } = recipe
  return [
    { name: 'apex:Job', text: job },
    { name: 'apex:Attempt', text: String(attempt) },
    { name: 'apex:Seed', text: String(seed) },
    { name: 'apex:Engine', text: engine },
    { name: 'apex:EngineVersion', text: engineVersion },
    { name: 'apex:Prompt', text: prompt },
    ...Object.entries(parameters).map(([name, text]) => ({ name: `apex:Parameter-${name}`, text }))
  ]
}

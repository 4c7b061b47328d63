import { readFile } from 'node:fs/promises'
import ExifReader from 'exifreader'
import { z } from 'zod'
import type { ExifText } from '../pixels/picture-metadata.ts'

/** What of a reference photo's own data goes on into a picture made from it. */
export interface ReferenceData {
  readonly creator: string
  readonly copyright: string
  /** Camera and exposure, by EXIF directory. */
  readonly camera: ExifText
  readonly location: ExifText
}

/**
 * What stays true of the portrait. Left out is what would not: sizes, thumbnails, maker notes, and serial numbers,
 * which name a person's camera.
 */
const CAMERA = {
  IFD0: ['Make', 'Model'],
  IFD2: [
    'ExposureTime',
    'FNumber',
    'ExposureProgram',
    'ISOSpeedRatings',
    'DateTimeOriginal',
    'SubSecTimeOriginal',
    'OffsetTimeOriginal',
    'ExposureBiasValue',
    'MaxApertureValue',
    'MeteringMode',
    'Flash',
    'FocalLength',
    'FocalLengthIn35mmFilm',
    'WhiteBalance',
    'LensMake',
    'LensModel'
  ]
} as const
const LOCATION = {
  IFD3: [
    'GPSLatitudeRef',
    'GPSLatitude',
    'GPSLongitudeRef',
    'GPSLongitude',
    'GPSAltitudeRef',
    'GPSAltitude',
    'GPSTimeStamp',
    'GPSDateStamp'
  ]
} as const

const rational = z.tuple([z.number().int(), z.number().int()]).transform(([n, d]) => `${n}/${d}`)
/** Values as the reader hands them out, written as libvips reads them: `1/250`, `51/1 30/1 0/1`. */
const valueSchema = z.union([
  z.number().transform(String),
  z.string(),
  z.tuple([z.string()]).transform(([text]) => text),
  rational,
  z
    .array(rational)
    .min(1)
    .transform((parts) => parts.join(' '))
])
const tagSchema = z.object({ value: valueSchema })
const describedSchema = z.object({ description: z.string() })
const groupSchema = z.record(z.string(), z.unknown())
const tagsSchema = z.object({
  exif: groupSchema.default({}),
  iptc: groupSchema.default({}),
  xmp: groupSchema.default({})
})
type Tags = z.infer<typeof tagsSchema>

const NOTHING: ReferenceData = { creator: '', copyright: '', camera: {}, location: {} }

/** Empty where the photo has no such data, or it is damaged: a portrait is never lost over it. */
export async function readReferenceData(path: string): Promise<ReferenceData> {
  const tags = await readTags(path)
  if (tags === null) return NOTHING
  return {
    creator: stated(tags.xmp.creator, tags.iptc['By-line'], tags.exif.Artist),
    copyright: stated(tags.xmp.rights, tags.iptc['Copyright Notice'], tags.exif.Copyright),
    camera: picked(tags, CAMERA),
    location: picked(tags, LOCATION)
  }
}

async function readTags(path: string): Promise<Tags | null> {
  try {
    return tagsSchema.parse(ExifReader.load(await readFile(path), { expanded: true }))
  } catch {
    return null
  }
}

/** The first that says something; XMP and IPTC before EXIF, which knows no accents. */
function stated(...tags: readonly unknown[]): string {
  for (const tag of tags) {
    const text = describedSchema.safeParse(tag).data?.description.trim()
    if (text) return text
  }
  return ''
}

function picked({ exif }: Tags, wanted: Readonly<Record<string, readonly string[]>>): ExifText {
  const directories = Object.entries(wanted).map(([directory, names]) => {
    const found = names.flatMap((name) => {
      const tag = tagSchema.safeParse(exif[name])
      const text = tag.data?.value.trim() ?? ''
      return text === '' ? [] : [[name, text] as const]
    })
    return [directory, Object.fromEntries(found)] as const
  })
  return Object.fromEntries(directories.filter(([, values]) => Object.keys(values).length > 0))
}

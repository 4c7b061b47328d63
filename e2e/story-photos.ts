import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'

const EILEEN = join('resources', 'sample', 'eileen-collins.jpg')
const GRACE = join('e2e', 'photos', 'grace-hopper.jpg')

export interface StoryPhotos {
  readonly eileen: string
  /** A folder with a portrait, a group of two people and a text in it. */
  readonly shoot: string
  readonly grace: string
  readonly group: string
  /** Not a photo at all, whatever its name says. */
  readonly broken: string
  /** Grain that no attempt gets rid of where noise is judged strictly. */
  readonly grainy: string
}

/** What a photographer might drop into the window, written into a folder; every person in it is in the public domain. */
export async function writeStoryPhotos(folder: string): Promise<StoryPhotos> {
  const shoot = join(folder, 'shoot')
  await mkdir(shoot, { recursive: true })
  const photos: StoryPhotos = {
    eileen: join(folder, 'eileen-collins.jpg'),
    shoot,
    grace: join(shoot, 'grace-hopper.jpg'),
    group: join(shoot, 'two-officers.jpg'),
    broken: join(folder, 'broken.jpg'),
    grainy: join(folder, 'iso-25600.jpg')
  }
  await copyFile(EILEEN, photos.eileen)
  await copyFile(GRACE, photos.grace)
  await writeFile(join(shoot, 'call-sheet.txt'), 'Monday, 9:00: Eileen. 10:00: Grace.\n')
  await writeFile(photos.broken, 'This was a photo once.')
  await writeGrainy(GRACE, photos.grainy)
  const [left, right] = await Promise.all(
    [EILEEN, GRACE].map((path) =>
      sharp(path).resize({ width: 500, height: 500, fit: 'cover', position: 'top' }).toBuffer()
    )
  )
  await sharp({ create: { width: 1000, height: 500, channels: 3, background: '#808080' } })
    .composite([
      { input: left, left: 0, top: 0 },
      { input: right, left: 500, top: 0 }
    ])
    .jpeg({ quality: 92 })
    .toFile(photos.group)
  return photos
}

/** Standard deviation of the grain, of 255. */
const GRAIN = 26

/** The same grain each time: a linear congruential generator (Park and Miller, Random Number Generators, 1988). */
async function writeGrainy(from: string, to: string): Promise<void> {
  const { data, info } = await sharp(from).raw().toBuffer({ resolveWithObject: true })
  let state = 7
  const random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  // Three uniform numbers make a bell of variance 1/4.
  const grained = data.map((value) => {
    const grain = (random() + random() + random() - 1.5) * 2 * GRAIN
    return Math.max(0, Math.min(255, Math.round(value + grain)))
  })
  const { width, height, channels } = info
  await sharp(grained, { raw: { width, height, channels } }).jpeg({ quality: 95 }).toFile(to)
}

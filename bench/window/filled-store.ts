import { link, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { ThumbnailEdge } from '../../src/contract/studio/media.ts'
import type { ArtifactId, Attempt, Job } from '../../src/domain/job.ts'
import { artifactsOf } from '../../src/domain/job-artifacts.ts'
import { FileArtifactStore } from '../../src/main/store/artifacts/file-artifact-store.ts'
import { createJobRepository } from '../../src/main/store/repository/create-job-repository.ts'
import { openFromSource } from '../../src/main/store/test-database.fixture.ts'
import { artifactNamed, attempt, newJob } from '../../src/main/store/test-job.fixture.ts'

/** Jobs of one judged attempt each: as many attempts, and as many cells in the gallery. */
export const ATTEMPTS = 10_000
/** Of these, the newest, whose pictures are files in the store. */
export const WITH_PICTURES = 60
const PICTURE_EDGE = 1024
/** The edge that cells of the gallery ask for at one pixel a CSS pixel. */
const CELL_EDGE: ThumbnailEdge = 320
const DIFFERENT_THUMBNAILS = 60
const AT_ONCE = 250

export const SAMPLES = [1, 2, 3, 4, 5, 6].map((number) =>
  join('node_modules', '@vladmandic', 'face-api', 'demo', `sample${number}.jpg`)
)

/** A picture that is no other's, of so many pixels on its longer edge. */
export async function differentPicture(number: number, edge: number, quality: number, path: string): Promise<void> {
  const sample = SAMPLES[number % SAMPLES.length] ?? ''
  await sharp(sample)
    .resize(edge, edge, { fit: 'inside' })
    .modulate({ brightness: 0.8 + (number % 9) / 20, hue: number * 3 })
    .jpeg({ quality, chromaSubsampling: '4:4:4' })
    .toFile(path)
}

/** A gallery of so many attempts that has been looked at before: their thumbnails are in the cache. */
export async function fillStore(dataFolder: string, attempts = ATTEMPTS): Promise<void> {
  await mkdir(dataFolder, { recursive: true })
  const scratch = await mkdtemp(join(dataFolder, 'made-'))
  const artifacts = await FileArtifactStore.open(join(dataFolder, 'artifacts'))
  const database = await openFromSource({ folder: dataFolder })
  const repository = await createJobRepository(database)
  await repository.create(newJob())
  const claimed = await repository.claim({ owner: 'bench', bootId: 'bench' })
  if (!claimed) throw new Error('There was nothing to claim.')
  const template = await repository.transition(claimed, { attempts: [attempt(1, 0.4)] })
  await database.collection<Job>('jobs').deleteOne({ _id: template._id })

  const put = async (number: number): Promise<ArtifactId> => {
    const path = join(scratch, `${number}.jpg`)
    await differentPicture(number, PICTURE_EDGE, 90, path)
    return (await artifacts.takeFile(path)).id
  }
  const thumbnails: string[] = []
  for (let number = 0; number < DIFFERENT_THUMBNAILS; number += 1) {
    const path = join(scratch, `thumbnail-${number}.jpg`)
    await differentPicture(number, CELL_EDGE, 82, path)
    thumbnails.push(path)
  }
  const jobs = database.collection<Job>('jobs')
  async function make(made: number): Promise<void> {
    const real = made < WITH_PICTURES
    const picture = real ? await put(2 * made) : artifactNamed(`picture ${made}`)
    const reference = real ? await put(2 * made + 1) : artifactNamed(`reference ${made}`)
    await jobs.insertOne(jobOf(template, made, picture, reference))
    const folder = join(dataFolder, 'cache', 'thumbnails', picture.slice(0, 2))
    await mkdir(folder, { recursive: true })
    await link(thumbnails[made % thumbnails.length] ?? '', join(folder, `${picture}-${CELL_EDGE}.jpg`))
  }
  for (let made = 0; made < attempts; made += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, attempts - made) }, (_, more) => make(made + more)))
  }
  await database.close()
  await rm(scratch, { recursive: true })
}

function jobOf(template: Job, made: number, picture: ArtifactId, reference: ArtifactId): Job {
  const at = new Date(Date.now() - (made + 1) * 60_000)
  const size = { width: PICTURE_EDGE, height: PICTURE_EDGE }
  const attempts = template.attempts.map(
    (each): Attempt => ({
      ...each,
      picture: each.picture && { ...each.picture, artifact: picture, mediaType: 'image/jpeg', size }
    })
  )
  const job: Job = {
    ...template,
    _id: `bench-${made}`,
    createdAt: at,
    updatedAt: at,
    status: made % 2 === 0 ? 'failed' : 'completed',
    attempts,
    lease: null,
    references: template.references.map((each) => ({
      ...each,
      artifact: reference,
      name: `portrait-${made}.jpg`,
      inspection: {
        ...size,
        mediaType: 'image/jpeg',
        bitsPerChannel: 8,
        colourSpace: 'sRGB',
        faces: [],
        notes: []
      }
    }))
  }
  return { ...job, artifacts: artifactsOf(job) }
}

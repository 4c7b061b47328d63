import type { Order } from '../../../contract/studio/job-calls.ts'
import type { OwnBackdrop } from '../../../domain/job.ts'
import type { OrderSettings } from '../../../domain/order.ts'
import type { StudioPhoto } from '../../../domain/subject.ts'
import { isReady } from '../intake/chosen-face.ts'
import { photosByPerson } from '../intake/photos-by-person.ts'

/** As many references as one order takes. */
const MOST_PHOTOS = 16

/** What is asked of each portrait. */
export interface Asked {
  readonly settings: OrderSettings
  readonly backdrop: OwnBackdrop | null
}

/** An order for the person of this photo: it comes first, their other photos are further references. */
export function orderFor(photo: StudioPhoto, all: Iterable<StudioPhoto>, { settings, backdrop }: Asked): Order {
  const others = [...all].filter(
    (each) => each.subjectId === photo.subjectId && each._id !== photo._id && isReady(each)
  )
  return { ...settings, backdrop, photoIds: [photo, ...others].slice(0, MOST_PHOTOS).map((each) => each._id) }
}

/** One order for each person that has a photo a portrait can be made of, with their oldest photo first. */
export function ordersForAll(all: Iterable<StudioPhoto>, asked: Asked): Order[] {
  const ready = [...all].filter(isReady)
  const firsts = [...photosByPerson(ready).values()].flatMap(([first]) => first ?? [])
  return firsts.map((photo) => orderFor(photo, ready, asked))
}

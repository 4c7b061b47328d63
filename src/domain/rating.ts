import { z } from 'zod'

/** 0: not rated; as photographers know them from every catalogue program. */
export const starsSchema = z.int().min(0).max(5)
export const flagSchema = z.enum(['none', 'pick', 'reject'])
export type Flag = z.infer<typeof flagSchema>

/** Keys 6 to 9 set red, yellow, green and blue, as in Lightroom; purple has no key there either. */
export const COLOUR_LABELS = ['red', 'yellow', 'green', 'blue', 'purple'] as const
export const colourLabelSchema = z.enum(['none', ...COLOUR_LABELS])
export type ColourLabel = z.infer<typeof colourLabelSchema>

/** What the photographer thinks of a job or of one attempt; never changes what the judge found. */
export const ratingSchema = z.object({ stars: starsSchema, flag: flagSchema, label: colourLabelSchema })
export type Rating = z.infer<typeof ratingSchema>

export const UNRATED: Rating = { stars: 0, flag: 'none', label: 'none' }

/** `undefined` leaves a part as it is. */
export type RatingChange = { readonly [P in keyof Rating]?: Rating[P] | undefined }

export function rated(before: Rating, { stars, flag, label }: RatingChange): Rating {
  return { stars: stars ?? before.stars, flag: flag ?? before.flag, label: label ?? before.label }
}

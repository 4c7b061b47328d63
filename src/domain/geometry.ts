import { z } from 'zod'

/** Coordinates are pixels of the upright picture (EXIF orientation applied), origin at the top left corner. */
export const pointSchema = z.object({ x: z.number(), y: z.number() })
export type Point = z.infer<typeof pointSchema>

export const boxSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().nonnegative(),
  height: z.number().nonnegative()
})
export type Box = z.infer<typeof boxSchema>

export const sizeSchema = z.object({ width: z.int().positive(), height: z.int().positive() })
export type Size = z.infer<typeof sizeSchema>

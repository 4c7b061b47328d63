import { z } from 'zod'

/**
 * A point in time. It is a `Date` in every program; a wire that carries only JSON has the ISO 8601 text that
 * `JSON.stringify` makes of it (https://tc39.es/ecma262/#sec-date.prototype.tojson), and this reads both.
 */
export const instantSchema = z.union([z.date(), z.iso.datetime().transform((text) => new Date(text))])

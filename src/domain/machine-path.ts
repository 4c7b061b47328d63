import { z } from 'zod'

/**
 * Path of a file or folder on the studio's own machine. The one schema of such paths: a boundary that does not trust
 * whoever asks finds by it what a call names.
 */
export const machinePathSchema = z.string().min(1).max(4096)

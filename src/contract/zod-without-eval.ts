import { z } from 'zod'

/**
 * The page's policy forbids evaluation, which zod would try for speed when a schema is made. A page imports this module
 * before anything that makes one.
 */
z.config({ jitless: true })

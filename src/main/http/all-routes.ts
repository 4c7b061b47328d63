import { healthRoutes } from './health/health-routes.ts'
import type { HttpRoutes } from './http-routes.ts'

/** Every area of the server. To add one, write an `HttpRoutes` and name it here. */
export const ALL_ROUTES: readonly HttpRoutes[] = [healthRoutes]

import type { HttpRoutes } from '../http-routes.ts'
import { pageRoutes } from './page-routes.ts'
import { studioRoutes } from './studio-routes.ts'

/** The studio in a browser. */
export const studioViewRoutes: HttpRoutes = async (app, parts) => {
  await pageRoutes(app, parts)
  await studioRoutes(app, parts)
}

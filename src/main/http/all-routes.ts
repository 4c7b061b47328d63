import { healthRoutes } from './health/health-routes.ts'
import type { HttpRoutes } from './http-routes.ts'
import { createJobRoute } from './jobs/create-job-route.ts'
import { eventRoutes } from './jobs/event-routes.ts'
import { jobRoutes } from './jobs/job-routes.ts'
import { pictureRoutes } from './jobs/picture-routes.ts'
import { reportRoute } from './jobs/report-route.ts'
import { metricsRoutes } from './metrics/metrics-routes.ts'
import { modelListRoute } from './models/model-list-route.ts'
import { openApiRoutes } from './openapi/openapi-routes.ts'
import { studioViewRoutes } from './studio-view/studio-view-routes.ts'
import { webhookRoutes } from './webhooks/webhook-routes.ts'

/** Every area of the server. To add one, write an `HttpRoutes` and name it here. */
export const ALL_ROUTES: readonly HttpRoutes[] = [
  healthRoutes,
  createJobRoute,
  jobRoutes,
  pictureRoutes,
  reportRoute,
  eventRoutes,
  webhookRoutes,
  modelListRoute,
  metricsRoutes,
  openApiRoutes,
  studioViewRoutes
]

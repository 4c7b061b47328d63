import type { ArtifactId, Job } from './job.ts'

/** Every artifact a job refers to, each once, in a fixed order; what `artifacts` of a stored job must hold. */
export function artifactsOf(job: Pick<Job, 'references' | 'backdrop' | 'attempts' | 'final' | 'best'>): ArtifactId[] {
  const pictures = [...job.attempts.map((attempt) => attempt.picture), job.final?.picture, job.best?.picture]
  const all = [
    ...job.references.map((reference) => reference.artifact),
    ...(job.backdrop ? [job.backdrop.artifact] : []),
    ...pictures.flatMap((picture) => (picture ? [picture.artifact] : []))
  ]
  return [...new Set(all)].sort()
}

import type { Brief } from '../../domain/brief.ts'
import { DELIVERY_PROFILES, type DeliveryProfile, profileSize } from '../../domain/delivery-profile.ts'
import type { BriefRequest, EngineSet, GenerateRequest, LocalReference, MeasureRequest } from '../../domain/engine.ts'
import { type ArtifactId, attemptSeed, type Job, type JobEngines, type Picture } from '../../domain/job.ts'
import { requireChosenFace } from './chosen-face.ts'
import type { HeldJob } from './held-job.ts'
import type { JobArtifacts } from './outwait.ts'

/** What engines are asked, in their own terms: local files instead of artifacts, pixels instead of names of sizes. */
export class EngineRequests {
  readonly #held: HeldJob
  readonly #described: JobEngines
  readonly #artifacts: JobArtifacts
  readonly #generator: EngineSet['generator']

  constructor(of: {
    readonly held: HeldJob
    readonly described: JobEngines
    readonly artifacts: JobArtifacts
    readonly engines: Pick<EngineSet, 'generator'>
  }) {
    this.#generator = of.engines.generator
    this.#held = of.held
    this.#described = of.described
    this.#artifacts = of.artifacts
  }

  /** The reference photos as local files, in their order. */
  async photos(): Promise<readonly string[]> {
    return await Promise.all(this.#job.references.map(({ artifact }) => this.#localPath(artifact)))
  }

  async path(picture: Picture): Promise<string> {
    return await this.#localPath(picture.artifact)
  }

  async brief(): Promise<BriefRequest> {
    const { references, parameters } = this.#job
    const { promptLength } = this.#generator
    return {
      references: await this.#references(),
      inspections: references.map((reference, index) => requireChosenFace(reference, index).inspection),
      parameters,
      profile: this.#profile,
      generator: this.#described.generator,
      ...(promptLength && { promptLength })
    }
  }

  async picture(number: number, brief: Brief): Promise<Omit<GenerateRequest, 'longEdge' | 'outputFolder'>> {
    const { parameters, seed } = this.#job
    return {
      references: await this.#references(),
      parameters,
      ...(await this.#backdrop()),
      brief,
      seed: attemptSeed(seed, number)
    }
  }

  async measure(picture: Picture, longEdge: number): Promise<MeasureRequest> {
    return {
      references: await this.#references(),
      path: await this.path(picture),
      parameters: this.#job.parameters,
      ...(await this.#backdrop()),
      expectedSize: profileSize(this.#profile, longEdge),
      generatorKind: this.#described.generator.kind === 'photographic' ? 'photographic' : 'generative',
      sourceDetail: picture.sourceDetail,
      limitations: picture.limitations
    }
  }

  get #job(): Job {
    return this.#held.job
  }

  get #profile(): DeliveryProfile {
    return DELIVERY_PROFILES[this.#job.parameters.purpose]
  }

  async #backdrop(): Promise<{ backdropPath?: string }> {
    const { backdrop } = this.#job
    return backdrop ? { backdropPath: await this.#localPath(backdrop.artifact) } : {}
  }

  async #localPath(artifact: ArtifactId): Promise<string> {
    // Asked each time: a copy of something that lies elsewhere is kept only for some time after it was asked for.
    return await this.#artifacts.localPath(artifact)
  }

  async #references(): Promise<LocalReference[]> {
    const paths = await this.photos()
    return paths.map((path, index) => ({ path, face: this.#job.references[index]?.face ?? null }))
  }
}

import type { ArtifactId } from '../../../domain/job.ts'
import type { StudioPhoto, Subject } from '../../../domain/subject.ts'

export type NewPhoto = Pick<StudioPhoto, 'subjectId' | 'artifact' | 'name' | 'bytes' | 'inspection' | 'face'>

/**
 * People and their photos. What is removed lies in the bin until it is erased. Written once against the collection
 * interface. Every method that names one may raise `subject-missing` or `photo-missing`.
 */
export interface Library {
  createSubject(name: string): Promise<Subject>
  /** Those in the bin too. */
  subject(id: string): Promise<Subject | null>
  /** Ordered by name. */
  subjects(options: { readonly bin: boolean }): Promise<Subject[]>
  rename(id: string, name: string): Promise<Subject>
  removeSubject(id: string): Promise<Subject>
  restoreSubject(id: string): Promise<Subject>
  /** Forgets the subject for good; its photos are the caller's to erase first. */
  eraseSubject(id: string): Promise<void>

  addPhoto(photo: NewPhoto): Promise<StudioPhoto>
  photo(id: string): Promise<StudioPhoto | null>
  /** Newest first; of all subjects where none are named. */
  photos(options: { readonly subjectIds: readonly string[] | null; readonly bin: boolean }): Promise<StudioPhoto[]>
  /** Those of the same bytes, whoever they belong to, in the bin too. */
  photosOfArtifact(artifact: ArtifactId): Promise<StudioPhoto[]>
  countPhotos(subjectId: string): Promise<number>
  chooseFace(id: string, face: number): Promise<StudioPhoto>
  movePhoto(id: string, subjectId: string): Promise<StudioPhoto>
  removePhoto(id: string): Promise<StudioPhoto>
  restorePhoto(id: string): Promise<StudioPhoto>
  /** Forgets the photo for good; resolves to what it referred to. */
  erasePhoto(id: string): Promise<ArtifactId>

  countReferences(artifact: ArtifactId): Promise<number>
  artifactsInUse(): AsyncIterable<{ readonly id: string; readonly artifacts: readonly ArtifactId[] }>
}

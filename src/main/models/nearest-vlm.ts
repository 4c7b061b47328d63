import type { CatalogueModel } from '../../domain/models/catalogue-model.ts'

/** Parameters of a model as its name has them, e.g. 2.2e9 of "SmolVLM2-2.2B-Instruct"; null where it does not say. */
function sizeIn(name: string): number | null {
  const [, number, unit] = /(?:^|[^\d.])(\d+(?:\.\d+)?)([mb])(?![a-z])/i.exec(name) ?? []
  if (number === undefined || unit === undefined) return null
  return Number(number) * (unit.toLowerCase() === 'b' ? 1e9 : 1e6)
}

const familyOf = (name: string) => /[a-z]+/i.exec(name.split('/').at(-1) ?? '')?.[0].toLowerCase()

/** The vision-language model in the catalogue that is most like one that cannot be had: of its family, then of its size. */
export function nearestVlm(name: string, catalogue: readonly CatalogueModel[]): CatalogueModel | null {
  const wanted = sizeIn(name)
  const distance = (model: CatalogueModel) => {
    const size = sizeIn(model.name)
    const ofSize = wanted === null || size === null ? 0 : Math.abs(Math.log(size / wanted))
    // A family counts more than any difference of size.
    return (familyOf(model.name) === familyOf(name) ? 0 : 100) + ofSize
  }
  const [nearest] = catalogue.filter(({ role }) => role === 'vlm').sort((a, b) => distance(a) - distance(b))
  return nearest ?? null
}

/** The entry of the catalogue that a name means: its id, or its repository at the hub. */
export function catalogueVlm(name: string, catalogue: readonly CatalogueModel[]): CatalogueModel | null {
  const wanted = name.toLowerCase()
  const means = ({ id, repository }: CatalogueModel) => id === wanted || repository.toLowerCase() === wanted
  return catalogue.find((model) => model.role === 'vlm' && means(model)) ?? null
}

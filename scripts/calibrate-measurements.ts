/**
 * Prints what the measurements say of portraits without a flaw and with exactly one, as the tables of
 * docs/measurements.md. People come from the sample photos of @vladmandic/face-api; paths given on the command line add
 * more, each a photo of one person.
 *
 *   npx tsx scripts/calibrate-measurements.ts [photo…]
 */
import { rm } from 'node:fs/promises'
import type { Criterion } from '../src/domain/criterion.ts'
import type { MeasureRequest } from '../src/domain/engine.ts'
import { parseParameters } from '../src/domain/parameters/parameters.ts'
import { retouchSettingsSchema } from '../src/domain/retouch-settings.ts'
import { renderBackdrop } from '../src/inference/backdrop/backdrop.ts'
import { type SamplePhoto, samplePath } from '../src/inference/faces/sample-photos.fixture.ts'
import { blurred, crushed, exposed, haloed, noisy, withClosedEyes } from '../src/inference/measure/flaws.fixture.ts'
import { measurePicture } from '../src/inference/measure/measure.ts'
import { quantile } from '../src/inference/measure/quantile.ts'
import {
  type CutOut,
  composed,
  cutOut,
  framed,
  plain,
  quietContext,
  requestFor,
  written
} from '../src/inference/measure/sample-portraits.fixture.ts'
import type { Raster } from '../src/inference/pixels/raster.ts'

const SAMPLES: readonly (readonly [SamplePhoto, number])[] = [
  [1, 0],
  [1, 2],
  [3, 0],
  [3, 1],
  [4, 1],
  [6, 1],
  [6, 2]
]

interface Person {
  readonly path: string
  readonly index: number
  readonly cut: CutOut
}

interface Variant {
  readonly name: string
  /** Rows this variant is about. */
  readonly looksAt: readonly Criterion['id'][]
  make(person: Person, others: readonly Person[]): Promise<Raster> | Raster
  readonly request?: Partial<MeasureRequest>
}

const GREY = plain(0.62)
const [white, grey, office] = ['white', 'light_grey', 'modern_office'].map((background) =>
  parseParameters({ background })
)
const original = parseParameters({ background: 'original_blurred' })
const passport = parseParameters({ purpose: 'passport_like', background: 'white' })

async function place(id: 'bridge' | 'city' | 'park'): Promise<Raster> {
  const { picture } = await renderBackdrop({
    backdrop: { kind: 'place', place: id },
    width: 1024,
    height: 1024,
    seed: 1,
    settings: retouchSettingsSchema.parse({}),
    subjectLuminance: 0.3,
    signal: quietContext.signal
  })
  return picture
}

function variants(office1024: Raster, park1024: Raster): Variant[] {
  const clean = ({ cut }: Person) => composed(cut, GREY)
  const inOffice = ({ cut }: Person) => composed(cut, () => office1024)
  const flaw = (
    name: string,
    looksAt: readonly Criterion['id'][],
    change: (picture: Raster) => Raster | Promise<Raster>
  ) => ({
    name,
    looksAt,
    make: (person: Person) => change(clean(person))
  })
  return [
    { name: 'clean', looksAt: ALL, make: clean },
    {
      name: 'clean, at 2048',
      looksAt: ['sharpness', 'matte-halo', 'head-height'],
      make: ({ cut }) => composed(cut, GREY, { longEdge: 2048 })
    },
    ...[1, 2, 3, 4].map((sigma) => flaw(`blurred, σ ${sigma} px`, ['sharpness', 'identity'], (p) => blurred(p, sigma))),
    ...[0.03, 0.06, 0.09].map((sigma) => flaw(`noise, σ ${sigma}`, ['noise', 'sharpness'], (p) => noisy(p, sigma))),
    ...[-2, -1, 1, 2].map((stops) =>
      flaw(`exposed ${stops} EV`, ['exposure', 'highlight-clipping', 'shadow-clipping', 'identity'], (p) =>
        exposed(p, stops)
      )
    ),
    flaw('shadows crushed at 5 %', ['shadow-clipping'], (p) => crushed(p, 0.05)),
    flaw('shadows crushed at 10 %', ['shadow-clipping'], (p) => crushed(p, 0.1)),
    flaw('eyes closed', ['eyes-open', 'identity'], withClosedEyes),
    ...[6, 12, -12].map((tilt) => ({
      name: `tilted ${tilt}°`,
      looksAt: ['head-tilt'] as const,
      make: ({ cut }: Person) => composed(cut, GREY, { tilt })
    })),
    ...[0.7, 1.35].map((headScale) => ({
      name: `head × ${headScale}`,
      looksAt: ['head-height'] as const,
      make: ({ cut }: Person) => composed(cut, GREY, { headScale })
    })),
    { name: '10 % to the right', looksAt: ['head-centre'], make: ({ cut }) => composed(cut, GREY, { shiftX: 0.1 }) },
    { name: '12 % down', looksAt: ['eye-line'], make: ({ cut }) => composed(cut, GREY, { shiftY: 0.12 }) },
    {
      name: 'somebody else',
      looksAt: ['identity'],
      make: (person, others) => clean(others.find((o) => o !== person) ?? person)
    },
    {
      name: 'the photo itself',
      looksAt: ['background-match', 'matte-halo'],
      make: ({ cut }) => framed(cut),
      request: { parameters: office ?? original }
    },
    {
      name: 'own background kept',
      looksAt: ['background-match'],
      make: ({ cut }) => framed(cut),
      request: { parameters: original }
    },
    {
      name: 'own background, but another',
      looksAt: ['background-match'],
      make: inOffice,
      request: { parameters: original }
    },
    {
      name: 'in an office',
      looksAt: ['background-match', 'matte-halo'],
      make: inOffice,
      request: { parameters: office ?? original }
    },
    {
      name: 'in a park',
      looksAt: ['background-match', 'matte-halo'],
      make: ({ cut }) => composed(cut, () => park1024),
      request: { parameters: office ?? original }
    },
    {
      name: 'plain instead of an office',
      looksAt: ['background-match'],
      make: clean,
      request: { parameters: office ?? original }
    },
    {
      name: 'white as asked',
      looksAt: ['background-match', 'matte-halo'],
      make: ({ cut }) => composed(cut, plain(0.9)),
      request: { parameters: white ?? original }
    },
    {
      name: 'white instead of light grey',
      looksAt: ['background-match'],
      make: ({ cut }) => composed(cut, plain(0.9))
    },
    { name: 'office instead of light grey', looksAt: ['background-match'], make: inOffice },
    { name: 'dark', looksAt: ['matte-halo'], make: ({ cut }) => composed(cut, plain(0.04)) },
    {
      name: 'passport on white',
      looksAt: ['background-match', 'head-height', 'eye-line'],
      make: ({ cut }) => composed(cut, plain(0.9), { purpose: 'passport_like' }),
      request: { parameters: passport }
    },
    {
      name: 'passport in the dark',
      looksAt: ['background-match'],
      make: ({ cut }) => composed(cut, plain(0.1), { purpose: 'passport_like' }),
      request: { parameters: passport }
    },
    ...[
      ['light rim on dark', 0.04, 0.8],
      ['light rim on mid grey', 0.2, 0.9],
      ['dark rim on white', 0.9, 0.02]
    ].map(([name, behind, rim]) => ({
      name: String(name),
      looksAt: ['matte-halo'] as const,
      make: ({ cut }: Person) => haloed(cut, plain(Number(behind)), { pixels: 5, grey: Number(rim) })
    }))
  ]
}

const ALL: readonly Criterion['id'][] = [
  'face-count',
  'identity',
  'head-height',
  'eye-line',
  'head-centre',
  'head-tilt',
  'eyes-open',
  'sharpness',
  'noise',
  'exposure',
  'highlight-clipping',
  'shadow-clipping',
  'background-match',
  'matte-halo',
  'picture-valid'
]

async function ledgerOf(variant: Variant, person: Person, people: readonly Person[]): Promise<Criterion[]> {
  const picture = await variant.make(person, people)
  const path = await written(picture)
  const request = requestFor(path, picture, {
    references: [{ path: person.path, face: person.index }],
    parameters: grey ?? original,
    ...variant.request
  })
  const ledger = await measurePicture(request, quietContext)
  await rm(path)
  return ledger
}

function tableRow(variant: string, id: Criterion['id'], rows: readonly Criterion[]): string {
  const values = rows.map((row) => row.value).filter((value) => value !== null)
  const figure = (p: number) => (values.length > 0 ? quantile(values, p).toPrecision(3) : '–')
  const count = (outcome: Criterion['outcome']) => rows.filter((row) => row.outcome === outcome).length
  const units = [...new Set(rows.filter((row) => row.value !== null).map((row) => row.unit))].join(', ')
  return `| ${variant} | ${id} | ${rows.length} | ${figure(0)} | ${figure(0.5)} | ${figure(1)} | ${units} | ${count('passed')} | ${count('failed')} | ${rows.length - count('passed') - count('failed')} |`
}

async function run(extra: readonly string[]): Promise<void> {
  const people: Person[] = []
  for (const [photo, index] of SAMPLES) {
    people.push({ path: samplePath(photo), index, cut: await cutOut(samplePath(photo), index) })
  }
  for (const path of extra) people.push({ path, index: 0, cut: await cutOut(path, 0) })
  console.error(`${people.length} people`)
  console.log('| variant | criterion | n | lowest | median | highest | unit | passed | failed | not decided |')
  console.log('|---|---|---|---|---|---|---|---|---|---|')
  for (const variant of variants(await place('bridge'), await place('park'))) {
    const ledgers: Criterion[][] = []
    for (const person of people) ledgers.push(await ledgerOf(variant, person, people))
    for (const id of variant.looksAt) {
      console.log(
        tableRow(
          variant.name,
          id,
          ledgers.map((ledger) => ledger.find((row) => row.id === id)).filter((row) => row !== undefined)
        )
      )
    }
    ledgers.forEach((ledger, index) => {
      const failed = ledger
        .filter((row) => row.outcome === 'failed')
        .map((row) => `${row.id} ${row.value?.toPrecision(3)}`)
      console.error(
        `${variant.name}: ${people[index]?.path.split('/').pop()}#${people[index]?.index}: ${failed.join(', ')}`
      )
    })
  }
}

await run(process.argv.slice(2))

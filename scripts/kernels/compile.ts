import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

/** What the engine loads; it is committed, so that nobody needs the compiler to build or test the studio. */
export const KERNELS_MODULE = new URL('../../src/inference/pixels/vector-passes-binary.ts', import.meta.url)

const LINE = 108

/** The text of that module. @throws Error with what the compiler says */
export async function kernelsModule(): Promise<string> {
  let wasm: Uint8Array | undefined
  const { error, stderr } = await asc.main(
    [
      'vector-passes.ts',
      ...['--baseDir', fileURLToPath(new URL('../../kernels', import.meta.url))],
      ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd'],
      ...['--outFile', 'vector-passes.wasm']
    ],
    {
      writeFile: (_name, contents) => {
        if (contents instanceof Uint8Array) wasm = contents
      }
    }
  )
  if (error || !wasm) throw new Error(`The kernels do not compile: ${stderr.toString()}`, { cause: error })
  const text = Buffer.from(wasm).toString('base64')
  const lines = text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
  return [
    '// Made of kernels/vector-passes.ts by `npm run kernels`; not to be edited.',
    '',
    '/** WebAssembly, in base64. */',
    'export const VECTOR_PASSES = [',
    lines.map((line) => `  '${line}'`).join(',\n'),
    "].join('')",
    ''
  ].join('\n')
}

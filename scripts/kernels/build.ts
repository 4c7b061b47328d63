import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { KERNELS_MODULE, kernelsModule } from './compile.ts'

await writeFile(fileURLToPath(KERNELS_MODULE), await kernelsModule())

import { FileArtifactStore } from './file-artifact-store.ts'

/** A process that puts one file and says so when it is durable: `FOLDER FILE`. */

const [folder = '', file = ''] = process.argv.slice(2)
const store = await FileArtifactStore.open(folder)
const { id } = await store.putFile(file)
process.stdout.write(`${id}\n`)

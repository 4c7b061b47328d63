import { electronRuntime } from './runtime.ts'

/** Prints the path of an Electron to test with; exits 1, with the reason on stderr, where there is none. */
const runtime = await electronRuntime((line) => console.error(line))
if (runtime) console.log(runtime.executable)
else process.exitCode = 1

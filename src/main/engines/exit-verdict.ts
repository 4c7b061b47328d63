import { StudioError } from '../../domain/errors.ts'
import { speaksOfMemory } from '../../domain/memory-exhaustion.ts'
import { say } from '../../domain/sentences/say.ts'
import type { ChildExit } from './engine-fork.ts'

/** A shell, a container and Electron report death by signal n as exit code 128 + n (POSIX.1-2017, 2.8.2). */
const SIGKILL_CODE = 128 + 9

/**
 * Why an engine process ended, when nobody asked it to.
 * @param doing what it was asked for, to follow "while"
 * @param output the end of what it printed
 */
export function verdictOn(exit: ChildExit, doing: string, output: string): StudioError {
  const details = { exitCode: exit.code, signal: exit.signal, output }
  if (exit.error) {
    const message = `The engine cannot be run: ${exit.error.message}`
    return new StudioError('engine-crashed', message, { cause: exit.error, details })
  }
  if (speaksOfMemory(output)) {
    return new StudioError('engine-out-of-memory', say('error-engine-memory-while', { doing }), { details })
  }
  if (exit.signal === 'SIGKILL' || exit.code === SIGKILL_CODE) {
    const message = say('error-engine-ended-by-system', { doing })
    return new StudioError('engine-out-of-memory', message, { details })
  }
  const how = exit.signal ? `signal ${exit.signal}` : `exit code ${exit.code ?? 'unknown'}`
  const words = lastWords(output)
  const message = say('error-engine-ended', { doing, how: words === undefined ? how : `${how}: ${words}` })
  return new StudioError('engine-crashed', message, { details })
}

const MOST_WORDS = 300

/** The last line of the output that names an error; stack traces and what follows them say nothing to a photographer. */
function lastWords(output: string): string | undefined {
  const errors = output
    .split('\n')
    .filter((line) => /^\s*(Uncaught )?(?:[A-Z]\w*)?Error\b.*: |^FATAL|^terminate called/.test(line))
  return errors.at(-1)?.trim().slice(0, MOST_WORDS)
}

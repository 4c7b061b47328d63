import Table from 'cli-table3'
import {
  type EnvironmentSources,
  effectiveVariables,
  originInWords,
  unknownNames
} from '../environment/effective-variables.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

/** Prints what holds and where it came from. Nothing is opened, so it answers also where the studio would not start. */
export function runConfig(
  raw: Readonly<Record<string, unknown>>,
  sources: EnvironmentSources,
  terminal: Terminal
): ExitCode {
  const variables = effectiveVariables(sources)
  const unknown = unknownNames(sources.file)
  if (raw.json === true) {
    const shown = variables.map(({ given, shown: inWords, ...facts }) => ({
      ...facts,
      value: given === null ? null : inWords
    }))
    terminal.result(JSON.stringify({ file: sources.file?.path ?? null, variables: shown, unknown }, null, 2))
  } else {
    const table = new Table({ head: ['variable', 'value', 'from'], style: { head: [], border: [], compact: true } })
    for (const { name, shown, given, origin, valid, allowed } of variables) {
      const value = given === null ? `(${shown})` : shown
      table.push([name, valid ? value : `✗ ${value}: allowed is ${allowed}`, originInWords(origin, sources.file)])
    }
    terminal.result(table.toString())
    if (unknown.length > 0) terminal.note(`The studio knows no ${unknown.join(', ')} (${sources.file?.path ?? ''}).`)
  }
  return variables.every(({ valid }) => valid) ? EXIT.delivered : EXIT.badInput
}

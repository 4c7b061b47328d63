import { type Command, Option } from 'commander'
import { z } from 'zod'
import type { EnvironmentSources } from '../environment/effective-variables.ts'
import { readEnvFile } from '../environment/env-file.ts'
import { factsOf, VARIABLE_NAMES } from '../environment/variables.ts'

const FLAGS = VARIABLE_NAMES.flatMap((name) => {
  const { flag, meaning } = factsOf(name)
  return flag === null ? [] : [{ name, option: new Option(flag, `${meaning} [${name}]`) }]
})

/** Not --env-file: Node 20 takes that one for its own, wherever in the line it stands (nodejs/node#54232). */
const FILE = new Option('--env <file>', 'a file of NAME=value lines, instead of .env in this folder [APEX_ENV_FILE]')

/** The options that every command takes in place of environment variables. */
export function addEnvironmentOptions(program: Command): void {
  for (const { option } of FLAGS) program.addOption(option)
  program.addOption(FILE)
}

const optionsSchema = z.record(z.string(), z.unknown())
/** An option that takes several values gives a list. */
const textSchema = z.union([z.string(), z.array(z.string()).transform((values) => values.join(','))]).optional()

/** @throws StudioError `environment-invalid` for a settings file that cannot be read. */
export function environmentSources(command: Command, variables: NodeJS.ProcessEnv): EnvironmentSources {
  const options = optionsSchema.parse(command.optsWithGlobals())
  const given = FLAGS.map(({ name, option }) => [name, textSchema.parse(options[option.attributeName()])])
  const file = textSchema.parse(options[FILE.attributeName()]) ?? variables.APEX_ENV_FILE
  return { flags: Object.fromEntries(given), variables, file: readEnvFile(file || null) }
}

import { factsOf, VARIABLE_NAMES, type VariableName } from '../../src/main/environment/variables.ts'

const BEGIN = '<!-- environment: written by npm run docs -->'
const END = '<!-- /environment -->'

/** In a cell of a Markdown table. */
const cell = (text: string) => text.replaceAll('|', '\\|')

function row(name: VariableName): string {
  const { meaning, allowed, unset, flag, secret } = factsOf(name)
  const isSecret = secret === 'whole' ? ' Secret.' : ''
  const option = flag === null ? '' : `\`${flag.split(' ')[0]}\``
  return `| \`${name}\` | ${option} | ${cell(meaning)}.${isSecret} | ${cell(allowed)} | ${cell(unset)} |`
}

function table(readBy: 'studio' | 'vlm-server'): string {
  const rows = VARIABLE_NAMES.filter((name) => factsOf(name).readBy === readBy).map(row)
  return ['| variable | option | meaning | allowed | not set |', '|---|---|---|---|---|', ...rows].join('\n')
}

/** The variables of the studio, and those of the model server in `deploy/`, as Markdown. */
export function environmentTables(): string {
  const ofTheServer = 'These are read by the vLLM server of `deploy/compose.yml`:'
  return `${table('studio')}\n\n${ofTheServer}\n\n${table('vlm-server')}`
}

/** The document with what stands between the marks written anew. @throws where it has no marks. */
export function withEnvironmentTables(document: string): string {
  const [before, rest] = document.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error('The marks of the environment are missing.')
  return `${before}${BEGIN}\n${environmentTables()}\n${END}${after}`
}

/** A settings file to copy: every variable with its meaning, each commented out. */
export function exampleFile(): string {
  const lines = VARIABLE_NAMES.flatMap((name) => {
    const { meaning, allowed, unset } = factsOf(name)
    return [`# ${meaning}.`, `# Allowed: ${allowed}. Not set: ${unset}.`, `# ${name}=`, '']
  })
  return `${EXAMPLE_HEAD}\n${lines.join('\n')}`
}

const EXAMPLE_HEAD = `# Copy this to .env, and take the # away before what you set. Written by npm run docs.

# The password of the database in compose.yml, which has no default.
MONGO_PASSWORD=
`

import { Command, CommanderError } from 'commander'
import { StudioError } from '../../domain/errors.ts'
import type { EngineProcesses } from '../engines/builtin-engine.ts'
import { readEnvironment } from '../environment.ts'
import type { StartStoreWorker } from '../store/start-store-worker.ts'
import type { OpenStudio } from '../studio.ts'
import type { CommandContext } from './command-context.ts'
import { runConfig } from './config-command.ts'
import { addDeliveryCommands } from './delivery-commands.ts'
import { runDoctor } from './doctor-command.ts'
import { addEnvironmentOptions, environmentSources } from './environment-options.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts'
import { cancelJob, listJobs, resumeJob, showJob } from './jobs-command.ts'
import { addJudgeCommands } from './judge-command.ts'
import { migrateJobs } from './migrate-command.ts'
import { addModelCommands } from './model-commands.ts'
import { runPortrait } from './portrait-command.ts'
import { parameterOptions, parsePortraitOptions } from './portrait-options.ts'
import { addPromptCommands } from './prompts-command.ts'
import { addServerCommands } from './server-commands.ts'
import { Terminal } from './terminal.ts'

export interface CliContext {
  readonly openStudio: OpenStudio
  readonly storeWorker: StartStoreWorker
  readonly processes: EngineProcesses
  readonly version: string
  /** Where LICENSE and NOTICE lie. */
  readonly programFolder: string
  /** Where the built page lies that browsers are shown; undefined where it was not built. */
  readonly pageFolder?: string | undefined
  /** The environment variables of the process. */
  readonly variables: NodeJS.ProcessEnv
  /** Ends the command as Ctrl+C does: what is finished stays, the job can be resumed. */
  readonly signal: AbortSignal
  readonly terminal?: Terminal
}

/** Runs one command line (without node and script). Every failure becomes a sentence, a hint and an exit code. */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const terminal = context.terminal ?? new Terminal()
  let exitCode: ExitCode = EXIT.delivered
  const ends = async (work: Promise<ExitCode>) => {
    exitCode = await work
  }
  const program = buildProgram(context, terminal, ends)
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.delivered : EXIT.badInput
    terminal.failure(thrown)
    return thrown instanceof StudioError ? exitCodeOf(thrown.code) : EXIT.notDelivered
  }
}

type Ends = (work: Promise<ExitCode>) => Promise<void>

function buildProgram(context: CliContext, terminal: Terminal, ends: Ends): Command {
  const program = new Command('apex-studio')
    .description('A portrait studio that runs on your own machine.')
    .version(context.version)
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .showHelpAfterError('(run with --help to see what it takes)')
  addEnvironmentOptions(program)

  const sources = () => environmentSources(program, context.variables)
  const shared = (): CommandContext => ({
    ...context,
    terminal,
    sources: sources(),
    environment: readEnvironment(sources())
  })

  const portrait = program
    .command('portrait')
    .description('Make a portrait from each photo; a folder stands for the photos in it.')
    .argument('<photo...>', 'photos or folders')
    .option('--backdrop <file>', 'a panorama (.hdr, .exr) or photograph of your own behind the person')
    .option('--notes <text>', 'anything else the portrait should heed')
    .option('--face <n>', 'which person, counted from the left, where a photo shows several')
    .option('--seed <n>', 'makes the same picture again')
    .option('--attempts <n>', 'how often to try (default: MAX_ATTEMPTS, else 3)')
    .option('--out <folder>', 'where portraits and reports go', 'portraits')
    .option('--same-person', 'all photos are references of one person: one portrait')
    .option('--json', 'print one JSON document on stdout')
    .exitOverride()
    .action(async (photos: string[], raw: Record<string, unknown>) => {
      await ends(runPortrait(photos, parsePortraitOptions(raw), shared()))
    })
  for (const option of parameterOptions()) portrait.addOption(option)

  const jobs = program.command('jobs').description('Look after the jobs in the store.')
  jobs
    .command('list')
    .description('Newest first.')
    .option('--status <status...>', 'pending, processing, completed, failed, cancelled')
    .option('--limit <n>', 'how many', '20')
    .option('--json', 'print JSON')
    .action(async (raw: Record<string, unknown>) => {
      await ends(listJobs(raw, shared()))
    })
  jobs
    .command('show')
    .argument('<id>')
    .description('Everything known of one job.')
    .option('--out <folder>', 'write its pictures and report there')
    .option('--json', 'print JSON')
    .action(async (id: string, raw: Record<string, unknown>) => {
      await ends(showJob(id, raw, shared()))
    })
  jobs
    .command('cancel')
    .argument('<id>')
    .description('Stop a job; finished steps are kept.')
    .action(async (id: string) => {
      await ends(cancelJob(id, shared()))
    })
  jobs
    .command('resume')
    .argument('[id]', 'a cancelled or failed job; without it, whatever is unfinished')
    .description('Go on where a job stopped, and deliver it.')
    .option('--out <folder>', 'where portraits and reports go', 'portraits')
    .action(async (id: string | undefined, raw: Record<string, unknown>) => {
      await ends(resumeJob(id, raw, shared()))
    })

  jobs
    .command('migrate')
    .description(
      'Copy all jobs, people and pictures to a MongoDB server, or back; asked again it goes on where it was.'
    )
    .option('--to <address>', 'the server that takes them from the data folder, mongodb://…')
    .option('--from <address>', 'the server that gives them to the data folder, or to the other server')
    .action(async (raw: Record<string, unknown>) => {
      await ends(migrateJobs(raw, shared()))
    })

  const withContext = async (work: (command: CommandContext) => Promise<ExitCode>) => await ends(work(shared()))
  addDeliveryCommands(program, withContext)
  addServerCommands(program, withContext)
  addModelCommands(program, withContext)
  addJudgeCommands(program, withContext)
  addPromptCommands(program, withContext)

  program
    .command('doctor')
    .description('Check models, disk, engines and store, and say what to do.')
    .option('--json', 'print JSON')
    .action(async (raw: Record<string, unknown>) => {
      await ends(runDoctor(raw, shared()))
    })
  program
    .command('config')
    .description('Show the settings that hold, and where each came from; secrets are masked.')
    .option('--json', 'print JSON')
    .action(async (raw: Record<string, unknown>) => {
      await ends(Promise.resolve(runConfig(raw, sources(), terminal)))
    })
  return program
}

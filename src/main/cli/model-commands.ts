import type { Command } from 'commander'
import type { Run } from './delivery-commands.ts'
import { importFolder, listModels, pathOfModel, pullModels, removeModels, verifyModels } from './models-command.ts'

/** Models that are downloaded, or taken from a folder. */
export function addModelCommands(program: Command, run: Run): void {
  const models = program
    .command('models')
    .description('Install the larger models, which generate pictures and judge them.')
  models
    .command('list')
    .description('Every model: whether it is installed, its size, its licence, and whether it fits this machine.')
    .option('--json', 'print JSON')
    .action(async (raw: Record<string, unknown>) => {
      await run((context) => listModels(raw, context))
    })
  models
    .command('pull')
    .argument('<id...>', 'as models list has them')
    .description('Download models and install them. Ended or cut off, it goes on where it was when it is asked again.')
    .option('--accept-licence', 'accept the licence of a model that is not for paid work')
    .option('--anyway', 'install it although it is too large for this machine')
    .option('--json', 'print JSON')
    .action(async (ids: string[], raw: Record<string, unknown>) => {
      await run((context) => pullModels(ids, raw, context))
    })
  models
    .command('import')
    .argument('<id>', 'which model it is')
    .argument('<folder>', 'where its files lie')
    .description('Install a model out of a folder, where its files lie as the hub lists them.')
    .option('--link', 'give the files a second name in place of copying them; both folders must lie on one drive')
    .action(async (id: string, folder: string, raw: Record<string, unknown>) => {
      await run((context) => importFolder(id, folder, raw, context))
    })
  models
    .command('verify')
    .argument('[id...]', 'without it, every installed one')
    .description('Read every byte of installed models. A damaged one can be pulled again: only what is damaged comes.')
    .option('--json', 'print JSON')
    .action(async (ids: string[], raw: Record<string, unknown>) => {
      await run((context) => verifyModels(ids, raw, context))
    })
  models
    .command('remove')
    .alias('rm')
    .argument('<id...>')
    .description('Remove models, and downloads that have not ended, for good. They can be pulled again.')
    .action(async (ids: string[]) => {
      await run((context) => removeModels(ids, context))
    })
  models
    .command('path')
    .argument('<id>')
    .description('The folder of an installed model.')
    .action(async (id: string) => {
      await run((context) => pathOfModel(id, context))
    })
}

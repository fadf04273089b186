import { Command, CommanderError, Option } from 'commander'
import { Role } from '#shared/roles.ts'
import { tell } from './cli/failure.ts'
import { say, type Word } from './cli/words.ts'
import type { ExportOptions } from './cli/export.ts'
import type { ImportOptions } from './cli/import.ts'
import type { UserAdd } from './cli/user-add.ts'

const program = new Command('kartoteka')
  .description(say('about'))
  .helpCommand(false)
  .exitOverride()
  .showHelpAfterError(false)
  .configureOutput({ outputError: (text, write) => write(usage(text)) })

/** Commands are loaded when they are called: the small ones need not wait for the whole server to be read. */
command('start').action(async () => (await import('./cli/serve.ts')).serve({}))
command('demo').action(async () => (await import('./cli/serve.ts')).serve({ demo: true }))

const user = group('user')
command('add', 'about-user-add', user)
  .requiredOption('--email <email>', say('option-email'))
  .requiredOption('--name <name>', say('option-name'))
  .addOption(new Option('--role <role>', say('option-role')).choices(Role.options).makeOptionMandatory())
  .option('--team <team>', say('option-team'))
  .option('--password <password>', say('option-password'))
  .action(async (options: UserAdd) => (await import('./cli/user-add.ts')).userAdd(options))

const token = group('token')
command('add', 'about-token-add', token)
  .requiredOption('--email <email>', say('option-email'))
  .option('--name <name>', say('option-token-name'), 'kartoteka token add')
  .action(async (options: { email: string; name: string; json?: boolean }) =>
    (await import('./cli/token-add.ts')).tokenAdd(options),
  )

command('import')
  .argument('<files...>')
  .option('--as <email>', say('option-as'))
  .option('--owner <email>', say('option-owner'))
  .option('--preview', say('option-preview'))
  .action(async (files: string[], options: ImportOptions) =>
    (await import('./cli/import.ts')).importFiles(files, options),
  )
command('export')
  .argument('<file>')
  .option('--as <email>', say('option-as'))
  .option('--search <words>', say('option-search'))
  .option('--columns <names>', say('option-columns'))
  .action(async (file: string, options: ExportOptions) =>
    (await import('./cli/export.ts')).exportTo(file, options),
  )
command('backup')
  .argument('<file>')
  .action(async (file: string, options: { json?: boolean }) =>
    (await import('./cli/backup.ts')).backup(file, options),
  )
command('restore')
  .argument('<file>')
  .action(async (file: string, options: { json?: boolean }) =>
    (await import('./cli/restore.ts')).restore(file, options),
  )
command('move')
  .argument('<to>')
  .action(async (to: string, options: { json?: boolean }) =>
    (await import('./cli/move.ts')).move(to, options),
  )
command('doctor').action(async (options: { json?: boolean }) =>
  (await import('./cli/doctor.ts')).doctor(options),
)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = codeOf(error)
}

function command(name: string, about = `about-${name}` as Word, under: Command = program): Command {
  return under.command(name).description(say(about)).option('--json', say('option-json'))
}

function group(name: 'user' | 'token'): Command {
  return program
    .command(name)
    .description(say(`about-${name}`))
    .helpCommand(false)
}

/** How it was called wrongly, to a program in the shape of every other failure. */
function usage(text: string): string {
  if (!process.argv.includes('--json')) return text
  const message = text.trim().replace(/^error: /, '')
  return `${JSON.stringify({ error: { reason: 'usage', message } })}\n`
}

/** 0 done, 1 refused or failed, 2 called wrongly (commander has said how). */
function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  tell(error, process.argv.includes('--json'))
  return 1
}

import { AffidavitError } from '@affidavit/audit-model';
import type { Command } from 'commander';

export function registerUp(program: Command): void {
  program
    .command('up')
    .description(
      'start everything on this machine and keep it running until Ctrl-C (settings are environment variables: see ' +
        'apps/cli/README.md)',
    )
    .option('--empty', 'without the example stories that the first start tells otherwise')
    .action((flags: UpFlags) => up(flags));
}

interface UpFlags {
  readonly empty?: boolean;
}

async function up({ empty = false }: UpFlags): Promise<never> {
  // Loaded here, so that the other commands do not wait for the services' framework.
  const { runUp } = await import('../up/run-up.ts');
  try {
    // Sockets and timers of clients may linger; everything that matters has been closed.
    process.exit(await runUp(process.env, (line) => process.stdout.write(`${line}\n`), { empty }));
  } catch (error) {
    if (!(error instanceof AffidavitError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

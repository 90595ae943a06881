import { setTimeout as sleep } from 'node:timers/promises';
import { readDateTime } from '@affidavit/mapping';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { collectorAccess, dataDirectory, logName } from '../import/collector-access.ts';
import { importFiles, type ImportRequest, type World } from '../import/import-files.ts';
import { summaryText } from '../import/summary.ts';
import { UserError } from '../import/user-error.ts';
import { runCommand } from './run-command.ts';

interface ImportFlags {
  readonly mapping: string;
  readonly set: string;
  readonly start?: string;
  readonly collector?: string;
  readonly tokenFile?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly dryRun?: boolean;
  readonly again?: boolean;
  readonly json?: boolean;
  readonly patience: string;
}

export function registerImport(program: Command): void {
  program
    .command('import')
    .description("turn agents' transcripts into events, through the collector")
    .addOption(new Option('--format <format>', 'what the files are').choices(['openai-messages']).makeOptionMandatory())
    .requiredOption('--mapping <file>', 'mapping file that says what the transcripts mean')
    .requiredOption(
      '--set <name>',
      'name of this set of runs; part of their ids, so each file of other runs needs its own',
    )
    .option(
      '--start <time>',
      'when the first event happened, for transcripts without times (RFC 3339, such as 2026-01-05T09:00:00Z)',
    )
    .option('--collector <url>', 'collector to post to (default: the one that npm start wrote into stack.json)')
    .option(
      '--token-file <file>',
      'file with the bearer token: a credentials.json, or the token alone (default: AFFIDAVIT_TOKEN, then credentials.json)',
    )
    .option('--env <name=value>', 'a value for $env in the mapping; may be repeated', addEnv, {})
    .option('--dry-run', 'map and check everything, send nothing')
    .option('--again', 'send also what was imported before; the ids are the same, so nothing doubles')
    .option('--patience <seconds>', 'how long to wait for a collector that takes nothing', '120')
    .option('--json', 'print the summary as JSON')
    .argument('<file...>', 'transcripts: JSON or NDJSON')
    .action((files: string[], flags: ImportFlags) => runCommand(() => runImport(files, flags)));
}

async function runImport(files: readonly string[], flags: ImportFlags): Promise<number> {
  const directory = dataDirectory(process.env);
  const patience = Number(flags.patience);
  if (!(patience >= 0)) throw new UserError(`--patience ${flags.patience} is not a number of seconds.`);
  const request: ImportRequest = {
    files,
    mappingPath: flags.mapping,
    set: checkedSet(flags.set),
    start: flags.start ?? '',
    startMicros: flags.start === undefined ? undefined : startMicros(flags.start),
    env: flags.env,
    dryRun: flags.dryRun === true,
    again: flags.again === true,
    patienceMs: patience * 1_000,
    dataDirectory: directory,
    collectorName: await logName({ collector: flags.collector, dataDirectory: directory }),
  };
  const result = await importFiles(request, realWorld(flags, directory));
  if (result.kind === 'nothing_to_do') {
    const sentence =
      `Set ${request.set} was imported on ${result.doneAt}: ${String(result.runs)} runs, ${String(result.events)} ` +
      `events. Nothing was sent; --again sends them once more under the same ids.`;
    process.stdout.write(`${flags.json === true ? JSON.stringify({ already_imported: true, ...result }) : sentence}\n`);
    return 0;
  }
  process.stdout.write(`${flags.json === true ? JSON.stringify(result.summary) : summaryText(result.summary)}\n`);
  return result.summary.refused.length > 0 ? 1 : 0;
}

function realWorld(flags: ImportFlags, directory: string): World {
  return {
    access: () =>
      collectorAccess({
        dataDirectory: directory,
        collector: flags.collector,
        tokenFile: flags.tokenFile,
        env: process.env,
      }),
    fetch: (url, init) => fetch(url, init),
    sleep: async (ms) => {
      await sleep(ms);
    },
    now: () => Date.now(),
    // Progress goes to stderr: stdout is for the summary.
    terminal: { isTTY: process.stderr.isTTY, write: (text) => process.stderr.write(text) },
  };
}

function startMicros(text: string): number {
  const read = readDateTime(text);
  if (read === undefined || !read.hasOffset)
    throw new UserError(`--start ${text} is not a time with an offset. Write it as 2026-01-05T09:00:00Z.`);
  return read.micros;
}

function checkedSet(set: string): string {
  if (!/^[^\s\p{C}]{1,64}$/u.test(set))
    throw new UserError(`--set "${set}" cannot be part of an id: use up to 64 characters without spaces.`);
  return set;
}

function addEnv(pair: string, before: Record<string, string>): Record<string, string> {
  const at = pair.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It is not NAME=VALUE.');
  return { ...before, [pair.slice(0, at)]: pair.slice(at + 1) };
}

import { type EventProblem, eventProblems, findingMeaning, unusedFields, type WireEvent } from '@affidavit/mapping';
import { type Command } from 'commander';
import { compareEvents, type EventDifference } from '../import/compare-events.ts';
import { loadMapping, type LoadedMapping } from '../import/load-mapping.ts';
import { mapRuns, type MappedRun, planRuns, readTranscripts, type TranscriptFile } from '../import/read-transcripts.ts';
import { runCommand } from './run-command.ts';

/** Times of a trial run when the file has none: what is looked at is the mapping, not the clock. */
const TRIAL_START_MICROS = Date.UTC(2026, 0, 1) * 1_000;
const SHOWN_DIFFERENCES = 50;

interface TestFlags {
  readonly records: string;
  readonly json?: boolean;
}

export function registerMap(program: Command): void {
  const map = program.command('map').description('try mapping files without sending anything');
  map
    .command('test')
    .description('show what a mapping makes of a file, and which fields it does not use')
    .argument('<mapping>', 'mapping file')
    .argument('<file>', 'transcripts: JSON or NDJSON')
    .option('--records <n>', 'how many records to show in full', '1')
    .option('--json', 'print every event as a line of JSON and nothing else')
    .action((mapping: string, file: string, flags: TestFlags) => runCommand(() => testMapping(mapping, file, flags)));
  map
    .command('diff')
    .description('show what another version of a mapping would change')
    .argument('<before>', 'mapping file')
    .argument('<after>', 'mapping file')
    .requiredOption('--on <sample>', 'transcripts to map with both')
    .action((before: string, after: string, flags: { readonly on: string }) =>
      runCommand(() => diffMappings(before, after, flags.on)),
    );
}

async function testMapping(mappingPath: string, filePath: string, flags: TestFlags): Promise<number> {
  const loaded = await loadMapping(mappingPath);
  const file = await readTranscripts(filePath, loaded.mapping);
  const reads: (readonly (string | number)[])[] = [];
  const mapped = mapAll(loaded, file, (location) => reads.push(location));
  const problems = mapped
    .flatMap(eventsOf)
    .flatMap((event) => eventProblems(event).map((problem) => ({ event, problem })));
  if (flags.json === true) {
    for (const event of mapped.flatMap(eventsOf)) print(JSON.stringify(event));
    return problems.length > 0 ? 1 : 0;
  }
  const shown = Number(flags.records);
  for (const each of mapped.slice(0, shown)) printRun(each);
  if (mapped.length > shown)
    print(`\n${String(mapped.length - shown)} more records; --records ${String(mapped.length)} shows all.`);
  printUnused(loaded, file, reads);
  printProblems(problems);
  const refused = mapped.filter(({ result }) => result.status === 'refused').length;
  print(
    `\n${String(mapped.length)} records, ${String(mapped.flatMap(eventsOf).length)} events, ${String(refused)} records refused, ` +
      `${String(problems.length)} problems.`,
  );
  return refused + problems.length > 0 ? 1 : 0;
}

async function diffMappings(beforePath: string, afterPath: string, samplePath: string): Promise<number> {
  const [before, after] = [await loadMapping(beforePath), await loadMapping(afterPath)];
  const events = async (loaded: LoadedMapping): Promise<readonly WireEvent[]> =>
    mapAll(loaded, await readTranscripts(samplePath, loaded.mapping)).flatMap(eventsOf);
  const [eventsBefore, eventsAfter] = [await events(before), await events(after)];
  const differences = compareEvents(eventsBefore, eventsAfter);
  for (const difference of differences.slice(0, SHOWN_DIFFERENCES)) printDifference(difference);
  if (differences.length > SHOWN_DIFFERENCES) print(`and ${String(differences.length - SHOWN_DIFFERENCES)} more`);
  const count = (kind: EventDifference['kind']): string =>
    String(differences.filter((each) => each.kind === kind).length);
  print(
    `${String(eventsBefore.length)} events before, ${String(eventsAfter.length)} after: ${count('added')} added, ` +
      `${count('removed')} removed, ${count('changed')} changed.`,
  );
  return 0;
}

function mapAll(
  loaded: LoadedMapping,
  file: TranscriptFile,
  onRead?: (location: readonly (string | number)[]) => void,
): readonly MappedRun[] {
  const runs = planRuns([file], loaded, { set: 'trial', startMicros: TRIAL_START_MICROS, env: {} });
  return [
    ...mapRuns(
      onRead === undefined ? runs : runs.map((run) => ({ ...run, input: { ...run.input, onRead } })),
      loaded.mapping,
    ),
  ];
}

function eventsOf({ result }: MappedRun): readonly WireEvent[] {
  return result.status === 'mapped' ? result.events : [];
}

function printRun({ run, result }: MappedRun): void {
  print(`\nrecord ${String(run.recordIndex)} → run ${run.runId}`);
  if (result.status === 'refused') print(`  refused: ${result.code}: ${result.message}`);
  for (const event of eventsOf({ run, result }))
    print(
      `  ${event.source.origin_event_id.slice(run.runId.length + 1).padEnd(16)} ${event.event_type.padEnd(30)} ${factsOf(event)}`,
    );
  for (const finding of result.findings)
    print(
      `  note: ${findingMeaning[finding.kind]}${finding.subject === undefined ? '' : `: ${finding.subject}`}${finding.message_index === undefined ? '' : ` (message ${String(finding.message_index)})`}`,
    );
}

/** What tells one event from the next at a glance; no content. */
function factsOf(event: WireEvent): string {
  const tool = event.tool as { readonly name?: string } | undefined;
  const effect = event.effect as { readonly kind?: string } | undefined;
  const facts = [
    tool?.name,
    event.outcome === undefined
      ? undefined
      : `${event.outcome.status}${event.outcome.code === undefined ? '' : `/${event.outcome.code}`}`,
    effect?.kind,
    ...(event.object_refs ?? []).map((object) => `${object.system}:${object.type}:${object.id} ${object.role}`),
    event.content === undefined ? undefined : `[${event.content.map((item) => item.role).join(' ')}]`,
  ];
  return facts.filter((fact) => fact !== undefined).join(' · ');
}

function printUnused(
  loaded: LoadedMapping,
  file: TranscriptFile,
  reads: readonly (readonly (string | number)[])[],
): void {
  const counts = new Map<string, number>();
  for (const record of file.records) {
    for (const field of unusedFields(loaded.mapping, record, reads))
      counts.set(field.path, (counts.get(field.path) ?? 0) + field.count);
  }
  if (counts.size === 0) return;
  print('\nFields that the mapping does not use (messages, arguments and results are kept as content all the same):');
  for (const [path, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    print(`  ${String(count).padStart(7)}  ${path}`);
}

function printProblems(problems: readonly { readonly event: WireEvent; readonly problem: EventProblem }[]): void {
  if (problems.length === 0) return;
  print('\nEvents that the collector would refuse:');
  for (const { event, problem } of problems.slice(0, SHOWN_DIFFERENCES))
    print(`  ${event.event_id} ${event.event_type}: ${problem.path} ${problem.message}`);
}

function printDifference(difference: EventDifference): void {
  const sign = difference.kind === 'added' ? '+' : difference.kind === 'removed' ? '-' : '~';
  print(`${sign} ${difference.event.source.origin_event_id} ${difference.event.event_type}`);
  if (difference.kind !== 'changed') return;
  for (const field of difference.fields) print(`    ${field.path}: ${short(field.before)} → ${short(field.after)}`);
}

function short(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

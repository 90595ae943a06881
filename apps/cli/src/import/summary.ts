import { type Finding, type FindingKind, findingKinds, findingMeaning, type WireEvent } from '@affidavit/mapping';
import { type ItemError } from './post-events.ts';
import { type MappedRun, type PlannedRun } from './read-transcripts.ts';

/** One thing that was not taken, with the place where it stands in the input. */
export interface Refusal {
  readonly file: string;
  readonly record_index: number;
  readonly run_id: string;
  readonly event_id?: string;
  readonly event_type?: string;
  readonly code: string;
  readonly path?: string;
  readonly message: string;
}

/** What an import did, in numbers. It is printed as text, or as it is with `--json`. */
export interface Summary {
  set: string;
  files: number;
  runs: number;
  runs_sent: number;
  runs_already_imported: number;
  runs_failed: number;
  runs_stopped: number;
  events: number;
  events_accepted: number;
  events_duplicate: number;
  events_by_type: Record<string, number>;
  refused: Refusal[];
  findings: Partial<Record<FindingKind, { count: number; subjects: Record<string, number> }>>;
  dry_run: boolean;
}

export function newSummary(set: string, files: number, runs: number, dryRun: boolean): Summary {
  return {
    set,
    files,
    runs,
    runs_sent: 0,
    runs_already_imported: 0,
    runs_failed: 0,
    runs_stopped: 0,
    events: 0,
    events_accepted: 0,
    events_duplicate: 0,
    events_by_type: {},
    refused: [],
    findings: {},
    dry_run: dryRun,
  };
}

export function countMapped(summary: Summary, { run, result }: MappedRun): void {
  for (const finding of result.findings) countFinding(summary, finding);
  if (result.status === 'refused') {
    summary.refused.push({
      file: run.file,
      record_index: run.recordIndex,
      run_id: run.runId,
      code: result.code,
      message: result.message,
    });
    return;
  }
  summary.events += result.events.length;
  if (result.ending === 'failed') summary.runs_failed += 1;
  if (result.ending === 'stopped') summary.runs_stopped += 1;
  for (const event of result.events)
    summary.events_by_type[event.event_type] = (summary.events_by_type[event.event_type] ?? 0) + 1;
}

function countFinding(summary: Summary, finding: Finding): void {
  const entry = (summary.findings[finding.kind] ??= { count: 0, subjects: {} });
  entry.count += 1;
  if (finding.subject !== undefined) entry.subjects[finding.subject] = (entry.subjects[finding.subject] ?? 0) + 1;
}

export function refusalOf(run: PlannedRun, event: WireEvent | undefined, error: ItemError): Refusal {
  return {
    file: run.file,
    record_index: run.recordIndex,
    run_id: run.runId,
    ...(event !== undefined && { event_id: event.event_id, event_type: event.event_type }),
    code: error.code,
    ...(error.path !== undefined && { path: error.path }),
    message: error.message,
  };
}

const SHOWN_REFUSALS = 20;

export function summaryText(summary: Summary): string {
  const lines = [
    `${summary.dry_run ? 'Would import' : 'Imported'} set ${summary.set}: ${counted(summary.runs, 'run')} from ` +
      `${counted(summary.files, 'file')}, ${counted(summary.events, 'event')}.`,
  ];
  if (summary.runs_already_imported > 0)
    lines.push(
      `  ${counted(summary.runs_already_imported, 'run')} had been imported before and ` +
        `${summary.runs_already_imported === 1 ? 'was' : 'were'} not sent again.`,
    );
  if (!summary.dry_run)
    lines.push(
      `  ${counted(summary.events_accepted, 'event')} ` +
        `acknowledged${summary.events_duplicate > 0 ? `, ${String(summary.events_duplicate)} of them known to be in the log already` : ''}; ${String(summary.refused.length)} refused.`,
    );
  if (summary.runs_failed > 0)
    lines.push(`  ${counted(summary.runs_failed, 'run')} had failed: recorded as run.failed.`);
  if (summary.runs_stopped > 0)
    lines.push(`  ${counted(summary.runs_stopped, 'run')} had been stopped: recorded as run.stopped.`);
  const types = Object.entries(summary.events_by_type).sort((a, b) => b[1] - a[1]);
  if (types.length > 0)
    lines.push('Events by type:', ...types.map(([type, count]) => `  ${String(count).padStart(8)}  ${type}`));
  lines.push(...findingLines(summary), ...refusalLines(summary));
  return lines.join('\n');
}

function findingLines(summary: Summary): string[] {
  const found = findingKinds.flatMap((kind) => {
    const entry = summary.findings[kind];
    if (entry === undefined) return [];
    const subjects = Object.entries(entry.subjects)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 10)
      .map(([name, count]) => `${name} (${String(count)})`);
    return [
      `  ${String(entry.count).padStart(8)}  ${findingMeaning[kind]}${subjects.length > 0 ? `: ${subjects.join(', ')}` : ''}`,
    ];
  });
  return found.length === 0 ? [] : ['Worth a look:', ...found];
}

function refusalLines(summary: Summary): string[] {
  if (summary.refused.length === 0) return [];
  const shown = summary.refused.slice(0, SHOWN_REFUSALS).map((refusal) => {
    const what = refusal.event_id === undefined ? '' : ` ${refusal.event_type ?? ''} ${refusal.event_id}`;
    return (
      `  ${refusal.file} record ${String(refusal.record_index)} (run ${refusal.run_id})${what}: ` +
      `${refusal.code}${refusal.path === undefined ? '' : ` at ${refusal.path}`}: ${refusal.message}`
    );
  });
  const more = summary.refused.length - shown.length;
  return ['Refused:', ...shown, ...(more > 0 ? [`  and ${String(more)} more; --json lists all of them`] : [])];
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

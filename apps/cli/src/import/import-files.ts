import { join } from 'node:path';
import { eventProblems } from '@affidavit/mapping';
import { type CollectorAccess } from './collector-access.ts';
import { type Delivery } from './deliver.ts';
import { ImportJournal, type ImportIdentity, otherImports } from './journal.ts';
import { loadMapping } from './load-mapping.ts';
import { type Fetch, networkReason } from './post-events.ts';
import { Progress, type Terminal } from './progress.ts';
import { type ImportOptions, mapRuns, planRuns, type PlannedRun, readTranscripts } from './read-transcripts.ts';
import { sendRuns } from './send-runs.ts';
import { countMapped, newSummary, type Summary } from './summary.ts';
import { UserError } from './user-error.ts';

export interface ImportRequest extends ImportOptions {
  readonly files: readonly string[];
  readonly mappingPath: string;
  /** As the user wrote it; part of what makes two imports the same. */
  readonly start: string;
  readonly dryRun: boolean;
  /** Send even what was sent before, or under another mapping: the same ids, so nothing doubles. */
  readonly again: boolean;
  readonly patienceMs: number;
  readonly dataDirectory: string;
  /** Stands for the log in the journal, see `logName`. */
  readonly collectorName: string;
}

export interface World {
  readonly access: () => Promise<CollectorAccess>;
  readonly fetch: Fetch;
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => number;
  readonly terminal: Terminal;
}

export type ImportResult =
  | { readonly kind: 'done'; readonly summary: Summary }
  | { readonly kind: 'nothing_to_do'; readonly runs: number; readonly events: number; readonly doneAt: string };

/**
 * Imports transcript files. Throws UserError for whatever the user can mend; nothing was sent when it is about the
 * input.
 */
export async function importFiles(request: ImportRequest, world: World): Promise<ImportResult> {
  const loaded = await loadMapping(request.mappingPath);
  const files = [];
  for (const path of request.files) files.push(await readTranscripts(path, loaded.mapping));
  const runs = planRuns(files, loaded, request);
  const summary = newSummary(request.set, files.length, runs.length, request.dryRun);
  if (request.dryRun) {
    for (const mapped of mapRuns(runs, loaded.mapping)) checkRun(summary, mapped);
    return { kind: 'done', summary };
  }
  const identity: ImportIdentity = {
    collector: request.collectorName,
    mapping_id: loaded.mapping.id,
    mapping_hash: loaded.hash,
    set: request.set,
    start: request.start,
    files: files.map((file) => file.sha256).sort(),
  };
  const directory = join(request.dataDirectory, 'imports');
  const journal = await ImportJournal.open(directory, identity);
  const done = journal.past?.done;
  if (done !== undefined && !request.again)
    return { kind: 'nothing_to_do', runs: done.runs, events: done.events, doneAt: done.done_at };
  if (!request.again) await refuseConflicts(directory, identity, journal.path, runs);
  const access = await world.access();
  await checkCollector(access, world.fetch);
  const progress = new Progress(world.terminal, runs.length, world.now);
  const delivery: Delivery = {
    access,
    fetch: world.fetch,
    sleep: world.sleep,
    now: world.now,
    patienceMs: request.patienceMs,
    onWait: (why, waitMs) => progress.waiting(why, waitMs),
  };
  const alreadyImported = request.again ? new Set<string>() : importedBefore(journal, runs);
  try {
    await sendRuns({ runs, mapping: loaded.mapping, alreadyImported, delivery, journal, summary, progress });
    if (summary.refused.length === 0) await journal.finish(runs.length, summary.events, new Date(world.now()));
  } finally {
    progress.end();
    await journal.close();
  }
  return { kind: 'done', summary };
}

/** A dry run checks each event against its type's schema, as the collector will. */
function checkRun(summary: Summary, mapped: Parameters<typeof countMapped>[1]): void {
  countMapped(summary, mapped);
  if (mapped.result.status === 'refused') return;
  for (const event of mapped.result.events) {
    for (const problem of eventProblems(event)) {
      summary.refused.push({
        file: mapped.run.file,
        record_index: mapped.run.recordIndex,
        run_id: mapped.run.runId,
        event_id: event.event_id,
        event_type: event.event_type,
        code: 'invalid',
        path: problem.path,
        message: problem.message,
      });
    }
  }
}

function importedBefore(journal: ImportJournal, runs: readonly PlannedRun[]): ReadonlySet<string> {
  const past = journal.past?.runs;
  return new Set(runs.filter((run) => past?.get(run.runId)?.sha256 === run.sha256).map((run) => run.runId));
}

/** The same ids with other facts would stand in the log for ever as conflicts: better to ask first. */
async function refuseConflicts(
  directory: string,
  identity: ImportIdentity,
  ownPath: string,
  runs: readonly PlannedRun[],
): Promise<void> {
  for (const other of await otherImports(directory, identity, ownPath)) {
    const changed =
      other.header.mapping_hash !== identity.mapping_hash
        ? 'with another version of the mapping'
        : other.header.start !== identity.start
          ? `with --start ${other.header.start}`
          : undefined;
    const clash = runs.find((run) => {
      const known = other.runs.get(run.runId);
      return known !== undefined && (changed !== undefined || known.sha256 !== run.sha256);
    });
    if (clash !== undefined) {
      throw new UserError(
        `Run "${clash.runId}" was imported before ${changed ?? 'from another record'} (${other.header.created_at}). Sent once ` +
          `more, every event of it would stand in the log twice with different facts, and readers would see the first. Nothing ` +
          `was sent. Choose another --set, or say --again if you mean it.`,
      );
    }
  }
}

async function checkCollector(access: CollectorAccess, doFetch: Fetch): Promise<void> {
  try {
    await doFetch(`${access.url}/healthz`, { method: 'GET', headers: {}, signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    throw new UserError(
      `No stack answers at ${access.url}: ${networkReason(error)}. Run npm start in another terminal, or give --collector URL.`,
      1,
      error,
    );
  }
}

import { type CompiledMapping, type WireEvent } from '@affidavit/mapping';
import { batchesOf, batchLimits } from './batches.ts';
import { deliver, type Delivery } from './deliver.ts';
import { type ImportJournal } from './journal.ts';
import { toLines } from './post-events.ts';
import { type Progress } from './progress.ts';
import { mapRuns, type MappedRun, type PlannedRun } from './read-transcripts.ts';
import { countMapped, refusalOf, type Summary } from './summary.ts';

/** Requests in flight. Each carries other runs, so that the order of events within a run is kept. */
const LANES = 3;
const EVENTS_PER_LOAD = batchLimits.events;

export interface Sending {
  readonly runs: readonly PlannedRun[];
  readonly mapping: CompiledMapping;
  readonly alreadyImported: ReadonlySet<string>;
  readonly delivery: Delivery;
  readonly journal: ImportJournal;
  readonly summary: Summary;
  readonly progress: Progress;
}

type Mapped = MappedRun & { readonly result: Extract<MappedRun['result'], { status: 'mapped' }> };

/**
 * Maps and sends all runs over a few lanes. A lane takes the next load of whole runs and sends its batches one after
 * the other; a run counts as imported when every event of it was acknowledged. Memory holds a load per lane.
 */
export async function sendRuns(sending: Sending): Promise<void> {
  const loads = loadsOf(sending);
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let load = loads.next(); load.done !== true && failures.length === 0; load = loads.next()) {
      try {
        await sendLoad(sending, load.value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (failures.length > 0) throw failures[0];
}

/** Whole runs, as many as fill one request. Runs that need no sending are mapped all the same, to be counted. */
function* loadsOf(sending: Sending): Generator<readonly Mapped[]> {
  let load: Mapped[] = [];
  let events = 0;
  for (const { run, result } of mapRuns(sending.runs, sending.mapping)) {
    countMapped(sending.summary, { run, result });
    if (result.status === 'refused') continue;
    if (sending.alreadyImported.has(run.runId)) {
      sending.summary.runs_already_imported += 1;
      continue;
    }
    if (load.length > 0 && events + result.events.length > EVENTS_PER_LOAD) {
      yield load;
      load = [];
      events = 0;
    }
    load.push({ run, result });
    events += result.events.length;
  }
  if (load.length > 0) yield load;
}

async function sendLoad(sending: Sending, load: readonly Mapped[]): Promise<void> {
  const { summary } = sending;
  const placed = load.flatMap(({ run, result }) => result.events.map((event) => ({ run, event })));
  const refusedRuns = new Set<string>();
  let from = 0;
  for (const batch of batchesOf(toLines(placed.map(({ event }) => event)))) {
    const sent = await deliver(sending.delivery, batch);
    summary.events_accepted += sent.accepted;
    summary.events_duplicate += sent.duplicates;
    for (const error of sent.refused) {
      const place: { run: PlannedRun; event: WireEvent } | undefined = placed[from + error.index];
      if (place === undefined) continue;
      refusedRuns.add(place.run.runId);
      summary.refused.push(refusalOf(place.run, place.event, error));
    }
    from += batch.length;
    sending.progress.update(summary.runs_sent + summary.runs_already_imported, summary.events_accepted);
  }
  for (const { run, result } of load) {
    summary.runs_sent += 1;
    // A run with a refusal is sent again next time: after the mapping or the credential was mended it may pass.
    if (!refusedRuns.has(run.runId))
      await sending.journal.add({ run_id: run.runId, sha256: run.sha256, events: result.events.length });
  }
}

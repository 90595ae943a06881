import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  type CompiledMapping,
  type JsonValue,
  mapRecord,
  readDocument,
  type RecordInput,
  type RecordResult,
  recordsOf,
  runIdOf,
} from '@affidavit/mapping';
import { type LoadedMapping } from './load-mapping.ts';
import { UserError } from './user-error.ts';

export interface TranscriptFile {
  readonly path: string;
  readonly sha256: string;
  readonly document: JsonValue;
  readonly records: readonly JsonValue[];
}

export interface ImportOptions {
  readonly set: string;
  readonly startMicros: number | undefined;
  readonly env: Readonly<Record<string, string>>;
}

/** One record in its file, not yet mapped. */
export interface PlannedRun {
  readonly file: string;
  readonly recordIndex: number;
  readonly runId: string;
  /** SHA-256 of the record: two records of one run id must not be taken for one. */
  readonly sha256: string;
  readonly input: RecordInput;
}

/** Reads a file whole: an import needs the records in any order, and 100 MB fit. */
export async function readTranscripts(path: string, mapping: CompiledMapping): Promise<TranscriptFile> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UserError(`There is no readable file at ${path}.`, 2, error);
  });
  let document: JsonValue;
  try {
    document = readDocument(bytes.toString('utf8'));
  } catch (error) {
    throw new UserError(
      `${path} is neither JSON nor NDJSON: ${error instanceof Error ? error.message : String(error)}`,
      2,
      error,
    );
  }
  const records = recordsOf(mapping, document);
  if (records.length === 0)
    throw new UserError(`${path} holds no record at ${mapping.records.text}. Check "records" in the mapping.`);
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), document, records };
}

/** Lays out the runs of all files. Refuses, before anything is sent, two records that would become one run. */
export function planRuns(
  files: readonly TranscriptFile[],
  loaded: LoadedMapping,
  options: ImportOptions,
): readonly PlannedRun[] {
  const runs = files.flatMap((file) =>
    file.records.map((record, recordIndex) => planRun(file, record, recordIndex, loaded, options)),
  );
  const seen = new Map<string, PlannedRun>();
  for (const run of runs) {
    const other = seen.get(run.runId);
    if (other !== undefined) {
      throw new UserError(
        `Two records have the run id "${run.runId}": record ${String(other.recordIndex)} of ${other.file} and record ` +
          `${String(run.recordIndex)} of ${run.file}. Nothing was sent. Import each file under its own --set, or make ids.run in ` +
          `the mapping more exact.`,
      );
    }
    seen.set(run.runId, run);
  }
  return runs;
}

function planRun(
  file: TranscriptFile,
  record: JsonValue,
  recordIndex: number,
  loaded: LoadedMapping,
  options: ImportOptions,
): PlannedRun {
  const input: RecordInput = {
    record,
    recordIndex,
    document: file.document,
    set: options.set,
    file: basename(file.path),
    env: options.env,
    mappingHash: loaded.hash,
    startMicros: options.startMicros,
  };
  return {
    file: file.path,
    recordIndex,
    runId: runIdOf(loaded.mapping, input),
    sha256: createHash('sha256').update(JSON.stringify(record)).digest('hex'),
    input,
  };
}

export interface MappedRun {
  readonly run: PlannedRun;
  readonly result: RecordResult;
}

/**
 * Maps one run after the other, when the sender asks for the next, so that the events of a large file are never all in
 * memory. With `time.runs: in_sequence` each run begins where the one before ended.
 */
export function* mapRuns(runs: readonly PlannedRun[], mapping: CompiledMapping): Generator<MappedRun> {
  let next = runs[0]?.input.startMicros;
  for (const run of runs) {
    const startMicros = mapping.time.runs === 'in_sequence' ? next : run.input.startMicros;
    const result = mapRecord(mapping, { ...run.input, startMicros });
    if (result.status === 'mapped') next = result.nextStartMicros ?? next;
    yield { run, result };
  }
}

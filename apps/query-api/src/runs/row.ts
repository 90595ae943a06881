import { causeKeys, eventKey } from '@affidavit/audit-model';
import { type AuditEvent } from '@affidavit/contracts';
import { parseTime } from '@affidavit/audit-model';
import { type NestedRow } from '../reading/row-shape.ts';
import { atOnce, eachInTurns, type Turns } from './turns.ts';

/** What is empty is not there. */
type Sparse<T> = T extends readonly (infer Item)[]
  ? readonly Sparse<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: Sparse<Exclude<T[Key], null>> }
    : T;

type Always = 'event_id' | 'event_type' | 'tenant_id' | 'stream_id' | 'seq' | 'phase';

/** A row of a timeline as code reads it: the event without what it does not say, with its place and its flags. */
export type RunRow = Sparse<Omit<AuditEvent, Always | 'occurred_at' | 'observed_at' | 'details'>> &
  Pick<AuditEvent, Always> & {
    /** RFC 3339, UTC, six places: so they sort as text. */
    readonly occurred_at: string;
    readonly observed_at: string;
    readonly details?: Readonly<Record<string, string>>;
    readonly kafka: { readonly topic: string; readonly partition: number; readonly offset: number };
    readonly late: boolean;
    readonly order_uncertain: boolean;
    readonly duplicates: number;
    readonly conflict: boolean;
    /** In an answer that follows links: those by which alone the row is there. */
    readonly via?: readonly string[];
    /** The run to which a link gives its trace, since the row itself names none. */
    readonly linked_run_id?: string;
    /** When the log had the first of these links: before that nobody knew that the row belongs here. */
    readonly linked_at?: string;
  };

/** Rows are made from the contract's columns, so they have this form; nothing is checked again. */
export const asRunRows = (rows: readonly NestedRow[]): readonly RunRow[] => rows as unknown as readonly RunRow[];

/** `2026-11-22T06:00:00.000123Z`: the form of every row's times. */
const ROW_TIME = 27;

/**
 * An answer asks for tens of thousands of times: those of rows need no looking for zones, nor for days that do not
 * exist.
 */
export function microsOf(time: string): number {
  if (time.length === ROW_TIME && time.endsWith('Z')) {
    const micros = Date.parse(time) * 1_000 + Number(time.slice(23, 26));
    if (Number.isSafeInteger(micros)) return micros;
  }
  return parseTime(time)?.micros ?? 0;
}

/** Whole milliseconds from one time to another; below zero when clocks contradict each other. */
export const millisBetween = (from: string, to: string): number => Math.floor((microsOf(to) - microsOf(from)) / 1_000);

/**
 * The run that a row belongs to, "" for what only belongs to it by an id or a link: what a link brings stays its own
 * run's.
 */
export const runOf = (row: RunRow): string => (row.via === undefined ? row.run_id : row.linked_run_id) ?? '';

/** When the record told that the row happened, and happened here. */
export const knownAt = ({ observed_at, linked_at }: RunRow): string =>
  linked_at !== undefined && linked_at > observed_at ? linked_at : observed_at;

export const isFailure = (row: RunRow): boolean =>
  row.outcome?.status === 'failure' || row.outcome?.status === 'timeout' || row.event_type.endsWith('.failed');

/** Groups in the order in which they first appear. */
export function groupRows(
  rows: readonly RunRow[],
  keyOf: (row: RunRow) => string,
): ReadonlyMap<string, readonly RunRow[]> {
  return atOnce(groupInTurns(rows, keyOf));
}

/** The same for many rows. */
export function* groupInTurns(
  rows: readonly RunRow[],
  keyOf: (row: RunRow) => string,
): Turns<ReadonlyMap<string, readonly RunRow[]>> {
  const groups = new Map<string, RunRow[]>();
  yield* eachInTurns(rows, (row) => {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  });
  return groups;
}

/**
 * Where a call's id means something: in its run, else in its session, else in its stream, since sources count calls
 * from one. One text for a run and two for the others, so that no two scopes are the same.
 */
export function callScope(row: RunRow): readonly string[] {
  const run = row.linked_run_id ?? row.run_id;
  if (run !== undefined) return [run];
  return row.session_id === undefined ? ['stream', row.stream_id] : ['session', row.session_id];
}

/** The keys that the event may mean that a row names as its cause, the likelier first; none when it names none. */
export const causesOf = (row: RunRow): readonly string[] =>
  row.causation_id === undefined ? [] : causeKeys(row.source?.connector_id ?? '', row.causation_id);

/** What the event is known by: two connectors may use one id. */
export const eventKeyOf = (row: Pick<RunRow, 'event_id' | 'source'>): string =>
  eventKey(row.source?.connector_id ?? '', row.event_id);

/** A call's identity: its id in its scope. */
export const callOf = (row: RunRow): string => JSON.stringify([...callScope(row), row.call_id ?? eventKeyOf(row)]);

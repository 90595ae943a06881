import { type RunRow } from '../runs/row.ts';
import { callKey, groupCalls } from './model-calls.ts';
import { distinct } from './parts.ts';

/** What a detector found, what was done about it, or that it was stopped. Codes and counts, never the text. */
export interface ProtectionEvent {
  readonly kind: 'inspected' | 'transformed' | 'blocked';
  readonly event_id: string;
  readonly at: string;
  readonly direction: string;
  readonly detector: { readonly id: string; readonly version: string } | null;
  readonly verdict: string | null;
  readonly findings: readonly {
    readonly category: string;
    readonly count: number | null;
    readonly score: number | null;
    readonly path: string;
  }[];
  readonly method: string | null;
  /** The fields that were masked. */
  readonly spans: readonly { readonly path: string; readonly category: string; readonly count: number | null }[];
  /** It stands before the call that it belongs to; false when it came too late for that. */
  readonly before_submission: boolean;
}

/**
 * masked: all found categories, or nothing was looked for, and something was masked. partly_masked: a found category
 * was not.
 */
export type ProtectionStatus =
  'masked' | 'partly_masked' | 'detected_not_masked' | 'nothing_detected' | 'blocked' | 'not_inspected';

export interface Protection {
  readonly status: ProtectionStatus;
  /** Found before the submission. */
  readonly categories: readonly string[];
  readonly not_masked: readonly string[];
  readonly detectors: readonly string[];
  readonly events: readonly ProtectionEvent[];
}

const kinds: Readonly<Record<string, ProtectionEvent['kind']>> = {
  'content.inspected': 'inspected',
  'content.transformed': 'transformed',
  'content.blocked': 'blocked',
};

export const isProtection = (row: RunRow): boolean => Object.hasOwn(kinds, row.event_type);

/** What looks at an answer or at a tool's arguments is not about what goes into the model. */
const isSubmission = (row: RunRow): boolean =>
  isProtection(row) && row.inspection?.direction !== 'response' && row.inspection?.direction !== 'tool_args';

/** From the narrowest on: in the same of which a model is called next is the call that content was inspected for. */
const narrowing: readonly ((row: RunRow) => string | undefined)[] = [
  (row) => row.step_id,
  (row) => row.turn_id,
  (row) => row.run_id,
  (row) => row.session_id,
];

/**
 * Which call each inspection, masking and block belongs to: the one that it names, else the next one in the same step,
 * turn, run or session, whichever is the narrowest that has one. What has no call after it stays out: nothing was
 * submitted.
 */
function assign(
  rows: readonly RunRow[],
): ReadonlyMap<string, readonly { readonly row: RunRow; readonly before: boolean }[]> {
  const begins = new Map<string, number>();
  rows.forEach((row, index) => {
    if (row.event_type.startsWith('model.call.') && !begins.has(callKey(row))) begins.set(callKey(row), index);
  });
  const calls = [...begins].map(([key, index]) => ({ key, index, row: rows[index] as RunRow }));
  const assigned = new Map<string, { row: RunRow; before: boolean }[]>();
  rows.forEach((row, index) => {
    if (!isSubmission(row)) return;
    const named = row.call_id === undefined ? undefined : calls.find(({ key }) => key === callKey(row));
    const call = named ?? nextCall(row, index, calls);
    if (call !== undefined)
      assigned.set(call.key, [...(assigned.get(call.key) ?? []), { row, before: index < call.index }]);
  });
  return assigned;
}

function nextCall<Call extends { readonly index: number; readonly row: RunRow }>(
  row: RunRow,
  index: number,
  calls: readonly Call[],
): Call | undefined {
  // It names a call that is no model's: a tool's arguments or result.
  if (row.call_id !== undefined) return undefined;
  for (const valueOf of narrowing) {
    const value = valueOf(row);
    if (value === undefined) continue;
    const next = calls.find((call) => call.index > index && valueOf(call.row) === value);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** By call key, for every call of the rows. */
export function protectionsOf(rows: readonly RunRow[]): ReadonlyMap<string, Protection> {
  const assigned = assign(rows);
  return new Map([...groupCalls(rows).keys()].map((key) => [key, protectionOf(assigned.get(key) ?? [])]));
}

function protectionOf(found: readonly { readonly row: RunRow; readonly before: boolean }[]): Protection {
  const before = found.filter((one) => one.before).map(({ row }) => row);
  const categories = [
    ...new Set(before.flatMap((row) => (row.inspection?.findings ?? []).map(({ category }) => category ?? ''))),
  ].filter((category) => category !== '');
  const transformed = before.filter(({ event_type }) => event_type === 'content.transformed');
  const masked = new Set(
    transformed.flatMap((row) => (row.transformation?.spans ?? []).map(({ category }) => category ?? '')),
  );
  // A transformation that does not name its categories is taken for all that was found.
  const not_masked =
    transformed.length > 0 && masked.size === 0 ? [] : categories.filter((category) => !masked.has(category));
  return {
    status: statusOf(before, transformed.length > 0, categories, not_masked),
    categories,
    not_masked,
    detectors: distinct(
      found.map(({ row }) => row),
      (row) => row.inspection?.detector_id,
    ),
    events: found.map(({ row, before: inTime }) => protectionEvent(row, inTime)),
  };
}

function statusOf(
  before: readonly RunRow[],
  transformed: boolean,
  categories: readonly string[],
  notMasked: readonly string[],
): ProtectionStatus {
  if (before.some(({ event_type }) => event_type === 'content.blocked')) return 'blocked';
  if (transformed) return notMasked.length === 0 ? 'masked' : 'partly_masked';
  if (before.length === 0) return 'not_inspected';
  return categories.length > 0 || before.some((row) => row.inspection?.verdict === 'detected')
    ? 'detected_not_masked'
    : 'nothing_detected';
}

export const protectionEvent = (row: RunRow, before_submission: boolean): ProtectionEvent => ({
  kind: kinds[row.event_type] ?? 'inspected',
  event_id: row.event_id,
  at: row.occurred_at,
  direction: row.inspection?.direction ?? 'unknown',
  detector:
    row.inspection?.detector_id === undefined
      ? null
      : { id: row.inspection.detector_id, version: row.inspection.detector_version ?? '' },
  verdict: row.inspection?.verdict ?? null,
  findings: (row.inspection?.findings ?? []).map(({ category, count, score, path }) => ({
    category: category ?? '',
    count: count ?? null,
    score: score ?? null,
    path: path ?? '',
  })),
  method: row.transformation?.method ?? null,
  spans: (row.transformation?.spans ?? []).map(({ path, category, count }) => ({
    path: path ?? '',
    category: category ?? '',
    count: count ?? null,
  })),
  before_submission,
});

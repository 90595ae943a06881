import { callOf as identityOf, millisBetween, type RunRow } from '../runs/row.ts';
import { idsOf } from './parts.ts';

/** One call of a model: what was asked for, what answered, under which configuration. */
export interface ModelCall {
  readonly call_id: string;
  readonly run_id: string | null;
  readonly session_id: string | null;
  readonly turn_id: string | null;
  readonly step_id: string | null;
  readonly provider: string | null;
  readonly request_model: string | null;
  readonly response_model: string | null;
  readonly hosted: string | null;
  readonly region: string | null;
  /** Null when the request or the end is not on record. */
  readonly requested_at: string | null;
  readonly ended_at: string | null;
  readonly duration_ms: number | null;
  readonly status: 'completed' | 'failed' | 'open';
  readonly usage: NonNullable<RunRow['usage']> | null;
  readonly configuration: {
    readonly agent: NonNullable<RunRow['agent']> | null;
    readonly temperature: string | null;
    readonly api: string | null;
    readonly policy_context: NonNullable<RunRow['policy_context']> | null;
    /** Bodies of role system or config: instructions and settings that went with the call. */
    readonly content: readonly { readonly role: string; readonly content_id: string }[];
  };
  readonly event_ids: readonly string[];
}

export const isModelCall = (row: RunRow): boolean =>
  row.event_type.startsWith('model.call.') && row.call_id !== undefined;

/** A call's identity, as in the answers about runs. */
export const callKey: (row: RunRow) => string = identityOf;

/** The model calls of the rows, in the order in which they begin. */
export function modelCallsOf(rows: readonly RunRow[]): readonly ModelCall[] {
  return [...groupCalls(rows).values()].map(callOf);
}

export function groupCalls(rows: readonly RunRow[]): ReadonlyMap<string, readonly RunRow[]> {
  const groups = new Map<string, RunRow[]>();
  for (const row of rows.filter(isModelCall)) groups.set(callKey(row), [...(groups.get(callKey(row)) ?? []), row]);
  return groups;
}

export function callOf(rows: readonly RunRow[]): ModelCall {
  const requested = rows.find(({ event_type }) => event_type === 'model.call.requested');
  const ended = rows.findLast(({ event_type }) => event_type !== 'model.call.requested');
  /** What the end says goes before what the request says. */
  const first = <Value>(read: (row: RunRow) => Value | undefined): Value | null =>
    [...rows]
      .reverse()
      .map(read)
      .find((value) => value !== undefined && value !== '') ?? null;
  const measured = first((row) => row.usage?.duration_ms);
  return {
    call_id: rows[0]?.call_id ?? '',
    run_id: first((row) => row.run_id),
    session_id: first((row) => row.session_id),
    turn_id: first((row) => row.turn_id),
    step_id: first((row) => row.step_id),
    provider: first((row) => row.model?.provider),
    request_model: first((row) => row.model?.request_model),
    response_model: first((row) => row.model?.response_model),
    hosted: first((row) => row.model?.hosted),
    region: first((row) => row.model?.region),
    requested_at: requested?.occurred_at ?? null,
    ended_at: ended?.occurred_at ?? null,
    duration_ms:
      measured ??
      (requested === undefined || ended === undefined ? null : millisBetween(requested.occurred_at, ended.occurred_at)),
    status: ended === undefined ? 'open' : ended.event_type === 'model.call.failed' ? 'failed' : 'completed',
    usage: first((row) => row.usage),
    configuration: {
      agent: first((row) => row.agent),
      temperature: first((row) => row.details?.['temperature']),
      api: first((row) => row.details?.['api']),
      policy_context: first((row) => row.policy_context),
      content: rows.flatMap((row) =>
        (row.content ?? []).flatMap(({ role, content_id }) =>
          role === 'system' || role === 'config' ? [{ role, content_id: content_id ?? '' }] : [],
        ),
      ),
    },
    event_ids: idsOf(rows),
  };
}

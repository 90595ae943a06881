import { type RunRow } from '../runs/row.ts';
import { type Comparison, comparisonOf } from './comparison.ts';
import { callOf, groupCalls, type ModelCall } from './model-calls.ts';
import { type Move, movesOf } from './moves.ts';
import { actorOf, belongsTo, type Belongs, distinct, idsOf, type Party, principalsOf } from './parts.ts';
import { isProtection, type Protection, type ProtectionEvent, protectionEvent, protectionsOf } from './protection.ts';
import { type Turn, turnsOf } from './turns.ts';

export interface SessionProvider {
  /** From 1, in the order in which they were first called. */
  readonly position: number;
  readonly provider: string;
  readonly models: readonly string[];
  readonly hosted: readonly string[];
  readonly regions: readonly string[];
  readonly calls: number;
  readonly failed: number;
  readonly first_at: string;
  readonly last_at: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
}

export interface ProtectedCall extends ModelCall {
  readonly protection: Protection;
}

export interface Session {
  readonly session_id: string;
  readonly status: 'ended' | 'open';
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly end_reason: string | null;
  readonly first_at: string;
  readonly last_at: string;
  readonly people: readonly Party[];
  readonly channels: readonly string[];
  readonly client_apps: readonly string[];
  readonly workspaces: readonly string[];
  readonly turns: readonly Turn[];
  readonly providers: readonly SessionProvider[];
  /** Which provider answered after which: one entry as long as it stays the same. */
  readonly provider_sequence: readonly {
    readonly provider: string;
    readonly model: string | null;
    readonly from: string;
    readonly calls: number;
  }[];
  readonly model_calls: readonly ProtectedCall[];
  readonly masking: {
    /** Was what was found masked before it went out? `yes` when for each call that was inspected it was. */
    readonly masked_before_submission: 'yes' | 'partly' | 'no' | 'nothing_detected' | 'not_inspected' | 'no_submission';
    readonly categories: readonly string[];
    readonly fields: readonly string[];
    readonly detectors: readonly string[];
    /** Calls before which no detector looked: the verdict says nothing about them. */
    readonly calls_not_inspected: readonly string[];
    /** Inspections, maskings and blocks after which nothing was submitted, and of answers. */
    readonly other: readonly ProtectionEvent[];
  };
  readonly comparisons: readonly Comparison[];
  /** Exports, shares, copies, downloads. */
  readonly moves: readonly Move[];
  readonly belongs_to: Belongs;
  readonly event_ids: readonly string[];
}

/** `rows`: what bears the session's id, and its runs, in order; at least one. */
export function sessionOf(sessionId: string, rows: readonly RunRow[]): Session {
  const started = rows.find(({ event_type }) => event_type === 'identity.session.started');
  const ended = rows.findLast(({ event_type }) => event_type === 'identity.session.ended');
  const protections = protectionsOf(rows);
  const calls = [...groupCalls(rows)].map(([key, group]): ProtectedCall => ({
    ...callOf(group),
    protection: protections.get(key) as Protection,
  }));
  return {
    session_id: sessionId,
    status: ended === undefined ? 'open' : 'ended',
    started_at: started?.occurred_at ?? null,
    ended_at: ended?.occurred_at ?? null,
    end_reason: ended?.details?.['end_reason'] ?? null,
    first_at: rows[0]?.occurred_at ?? '',
    last_at: rows.at(-1)?.occurred_at ?? '',
    people: peopleOf(rows),
    channels: distinct(rows, (row) => row.channel),
    client_apps: distinct(rows, (row) => row.client_app),
    workspaces: distinct(rows, (row) => row.workspace_id),
    turns: turnsOf(rows, new Map([...protections].map(([key, { status }]) => [key, status]))),
    providers: providersOf(calls),
    provider_sequence: sequenceOf(calls),
    model_calls: calls,
    masking: maskingOf(rows, calls),
    comparisons: distinct(rows, (row) => row.comparison?.comparison_id).map((id) => comparisonOf(id, rows)),
    moves: movesOf(rows),
    belongs_to: belongsTo(rows),
    event_ids: idsOf(rows),
  };
}

function peopleOf(rows: readonly RunRow[]): readonly Party[] {
  const parties = rows
    .flatMap((row) => [actorOf(row), ...principalsOf(row).map(({ grant_id: _grant, ...party }) => party)])
    .filter(({ type }) => type === 'human');
  return [...new Map(parties.map((party) => [`${party.issuer}\0${party.id}`, party])).values()];
}

const startOf = (call: ModelCall): string => call.requested_at ?? call.ended_at ?? '';

function providersOf(calls: readonly ProtectedCall[]): readonly SessionProvider[] {
  const names = [...new Set(calls.map(({ provider }) => provider ?? 'unknown'))];
  return names.map((provider, index) => {
    const own = calls.filter((call) => (call.provider ?? 'unknown') === provider);
    const sum = (read: (usage: NonNullable<ModelCall['usage']>) => number | undefined): number =>
      own.reduce((total, { usage }) => total + (usage === null ? 0 : (read(usage) ?? 0)), 0);
    const texts = (read: (call: ModelCall) => string | null): readonly string[] => [
      ...new Set(own.map(read).filter((text): text is string => text !== null)),
    ];
    return {
      position: index + 1,
      provider,
      models: texts((call) => call.response_model ?? call.request_model),
      hosted: texts((call) => call.hosted),
      regions: texts((call) => call.region),
      calls: own.length,
      failed: own.filter(({ status }) => status === 'failed').length,
      first_at: startOf(own[0] as ProtectedCall),
      last_at: startOf(own.at(-1) as ProtectedCall),
      input_tokens: sum(({ input_tokens }) => input_tokens),
      output_tokens: sum(({ output_tokens }) => output_tokens),
    };
  });
}

function sequenceOf(calls: readonly ModelCall[]): Session['provider_sequence'] {
  const sequence: { provider: string; model: string | null; from: string; calls: number }[] = [];
  for (const call of calls) {
    const [provider, model] = [call.provider ?? 'unknown', call.response_model ?? call.request_model];
    const last = sequence.at(-1);
    if (last?.provider === provider && last.model === model) last.calls += 1;
    else sequence.push({ provider, model, from: startOf(call), calls: 1 });
  }
  return sequence;
}

function maskingOf(rows: readonly RunRow[], calls: readonly ProtectedCall[]): Session['masking'] {
  const assigned = new Set(calls.flatMap(({ protection }) => protection.events.map(({ event_id }) => event_id)));
  const all = rows.filter(isProtection);
  return {
    masked_before_submission: verdictOf(calls.map(({ protection }) => protection.status)),
    categories: [
      ...new Set(
        all.flatMap((row) =>
          [...(row.inspection?.findings ?? []), ...(row.transformation?.spans ?? [])].map(
            ({ category }) => category ?? '',
          ),
        ),
      ),
    ].filter((category) => category !== ''),
    fields: [...new Set(all.flatMap((row) => (row.transformation?.spans ?? []).map(({ path }) => path ?? '')))].filter(
      (path) => path !== '',
    ),
    detectors: distinct(all, (row) => row.inspection?.detector_id),
    calls_not_inspected: calls
      .filter(({ protection }) => protection.status === 'not_inspected')
      .map(({ call_id }) => call_id),
    other: all.filter(({ event_id }) => !assigned.has(event_id)).map((row) => protectionEvent(row, false)),
  };
}

function verdictOf(statuses: readonly Protection['status'][]): Session['masking']['masked_before_submission'] {
  if (statuses.length === 0) return 'no_submission';
  const [masked, partly, missed] = (['masked', 'partly_masked', 'detected_not_masked'] as const).map(
    (status) => statuses.filter((one) => one === status).length,
  ) as [number, number, number];
  if (missed > 0) return masked + partly > 0 ? 'partly' : 'no';
  if (partly > 0) return 'partly';
  if (masked > 0) return 'yes';
  return statuses.every((status) => status === 'not_inspected') ? 'not_inspected' : 'nothing_detected';
}

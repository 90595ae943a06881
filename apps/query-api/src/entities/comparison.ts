import { millisBetween, type RunRow } from '../runs/row.ts';
import { callOf, type ModelCall } from './model-calls.ts';
import { actorOf, belongsTo, type Belongs, idsOf, type Party, principalsOf } from './parts.ts';
import { type Move, movesOf } from './moves.ts';

export interface Candidate {
  readonly call_id: string;
  readonly position: number | null;
  readonly provider: string | null;
  readonly model: string | null;
  /** shown, failed, hidden; as the comparison says. */
  readonly status: string;
  readonly chosen: boolean;
  /** The call itself, null when it is not on record. */
  readonly call: ModelCall | null;
}

export interface Comparison {
  readonly comparison_id: string;
  readonly started_at: string | null;
  readonly by: Party | null;
  readonly on_behalf_of: readonly Party[];
  /** Providers were hidden from the one who chose; null when nobody says. */
  readonly blind: boolean | null;
  /** In the order in which they were shown. */
  readonly candidates: readonly Candidate[];
  /** Providers in the order in which they were called. */
  readonly providers: readonly string[];
  readonly selection: {
    readonly chosen_call_id: string;
    readonly provider: string | null;
    readonly model: string | null;
    readonly at: string;
    readonly by: Party;
    readonly after_ms: number | null;
    readonly event_id: string;
  } | null;
  /** no_choice, or whether two answers or more were there before one was chosen. */
  readonly compared_before_choosing: 'yes' | 'no' | 'no_choice' | 'unknown';
  /** What became of the chosen answer. */
  readonly moves: readonly Move[];
  readonly belongs_to: Belongs;
  readonly event_ids: readonly string[];
}

/** `rows`: the comparison's own and those of its candidates' calls, in order. */
export function comparisonOf(comparisonId: string, rows: readonly RunRow[]): Comparison {
  const own = rows.filter((row) => row.comparison?.comparison_id === comparisonId);
  const started = own.find(({ event_type }) => event_type === 'interaction.comparison.started');
  // Whoever changes their mind chooses again: the last choice counts.
  const selected = own.findLast(({ event_type }) => event_type === 'interaction.response.selected');
  const chosen = selected?.comparison?.chosen_call_id;
  const candidates = candidatesOf(own, rows, chosen);
  const taken = candidates.find(({ call_id }) => call_id === chosen);
  return {
    comparison_id: comparisonId,
    started_at: started?.occurred_at ?? null,
    by: started === undefined ? null : actorOf(started),
    on_behalf_of: started === undefined ? [] : principalsOf(started),
    blind: started?.details?.['blind'] === undefined ? null : started.details['blind'] === 'true',
    candidates,
    providers: [
      ...new Set(
        candidates
          .filter(({ call }) => call !== null)
          .sort(byRequest)
          .map(({ provider }) => provider ?? 'unknown'),
      ),
    ],
    selection:
      selected === undefined || chosen === undefined
        ? null
        : {
            chosen_call_id: chosen,
            provider: taken?.provider ?? null,
            model: taken?.model ?? null,
            at: selected.occurred_at,
            by: actorOf(selected),
            after_ms: started === undefined ? null : millisBetween(started.occurred_at, selected.occurred_at),
            event_id: selected.event_id,
          },
    compared_before_choosing: comparedBefore(selected, started, candidates),
    moves: chosen === undefined ? [] : movesOf(rowsOfAnswer(rows, chosen)),
    belongs_to: belongsTo(own),
    event_ids: idsOf(own),
  };
}

/** What a call answered, and the artifacts that it became. */
function rowsOfAnswer(rows: readonly RunRow[], callId: string): readonly RunRow[] {
  const isOfCall = (row: RunRow): boolean => row.call_id === callId || row.artifact?.produced_by_call_id === callId;
  const artifacts = new Set(
    rows
      .filter(isOfCall)
      .map((row) => row.artifact?.artifact_id)
      .filter((id) => id !== undefined),
  );
  return rows.filter(
    (row) => isOfCall(row) || (row.artifact?.artifact_id !== undefined && artifacts.has(row.artifact.artifact_id)),
  );
}

const byRequest = (a: Candidate, b: Candidate): number => {
  const [one, other] = [a.call?.requested_at ?? a.call?.ended_at ?? '', b.call?.requested_at ?? b.call?.ended_at ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
};

function candidatesOf(
  own: readonly RunRow[],
  rows: readonly RunRow[],
  chosen: string | undefined,
): readonly Candidate[] {
  const named = new Map(
    own.flatMap((row) => row.comparison?.candidates ?? []).map((candidate) => [candidate.call_id ?? '', candidate]),
  );
  return [...named.values()]
    .map(({ call_id = '', position, provider, model, status }): Candidate => {
      const calls = rows.filter((row) => row.call_id === call_id && row.event_type.startsWith('model.call.'));
      const call = calls.length === 0 ? null : callOf(calls);
      return {
        call_id,
        position: position ?? null,
        provider: provider ?? call?.provider ?? null,
        model: model ?? call?.response_model ?? call?.request_model ?? null,
        status: status ?? 'unknown',
        chosen: call_id === chosen,
        call,
      };
    })
    .sort((a, b) => (a.position ?? Infinity) - (b.position ?? Infinity) || 0);
}

function comparedBefore(
  selected: RunRow | undefined,
  started: RunRow | undefined,
  candidates: readonly Candidate[],
): Comparison['compared_before_choosing'] {
  if (selected === undefined) return 'no_choice';
  const shown = candidates.filter(({ status }) => status !== 'failed' && status !== 'hidden');
  if (started === undefined) return 'unknown';
  if (started.occurred_at > selected.occurred_at || shown.length < 2) return 'no';
  // An answer of which the end is on record must have been there; of the others only the comparison knows.
  const there = shown.filter(
    ({ call }) => call?.ended_at === undefined || call.ended_at === null || call.ended_at <= selected.occurred_at,
  );
  return there.length >= 2 ? 'yes' : 'no';
}

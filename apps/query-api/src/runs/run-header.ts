import { endsRun, isEffect, kindOf } from './kinds.ts';
import { callOf, groupRows, millisBetween, type RunRow, runOf } from './row.ts';
import { type UsageTotals, usageOf } from './usage.ts';

export type RunStatus = 'completed' | 'failed' | 'stopped' | 'open';

export interface RunHeader {
  readonly run_id: string;
  readonly root_run_id: string | null;
  readonly parent_run_id: string | null;
  readonly sub_runs: readonly { readonly run_id: string; readonly parent_run_id: string | null; readonly agent: string | null; readonly status: RunStatus }[];
  readonly task_id: string | null;
  readonly session_ids: readonly string[];
  readonly trace_ids: readonly string[];
  readonly agent: RunRow['agent'] | null;
  readonly ai_system_id: string | null;
  readonly workspace_id: string | null;
  readonly use_case: string | null;
  readonly trigger: string | null;
  readonly automation_level: string | null;
  readonly status: RunStatus;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly duration_ms: number | null;
  readonly outcome: RunRow['outcome'] | null;
  readonly error_type: string | null;
  readonly end_reason: string | null;
  readonly models: readonly { readonly provider: string | null; readonly model: string | null; readonly hosted: string | null; readonly calls: number }[];
  readonly policies: readonly { readonly policy_set: string | null; readonly version: string | null }[];
  readonly usage: UsageTotals;
  readonly on_behalf_of: readonly { readonly type?: string; readonly id?: string; readonly issuer?: string }[];
  readonly cases: readonly { readonly system: string | null; readonly type: string | null; readonly id: string }[];
  readonly counts: { readonly events: number; readonly model_calls: number; readonly tool_calls: number; readonly effects: number; readonly late: number; readonly duplicates: number; readonly conflicts: number };
}

const statuses: Readonly<Record<string, RunStatus>> = { 'run.completed': 'completed', 'run.failed': 'failed', 'run.stopped': 'stopped' };

/** The last ending by order decides; a run without one is open, whatever else is recorded of it. */
export const statusOf = (rows: readonly RunRow[]): RunStatus => statuses[rows.findLast((row) => endsRun(row.event_type))?.event_type ?? ''] ?? 'open';

/** `rows` are in order and not empty: those of the run, its sub-runs and what belongs to them. */
export function headerOf(rows: readonly RunRow[], runId: string): RunHeader {
  const own = rows.filter((row) => runOf(row) === runId);
  const first = <T>(pick: (row: RunRow) => T | undefined): T | null => firstOf(own, pick);
  const end = own.findLast((row) => endsRun(row.event_type));
  const started_at = own.find((row) => row.event_type === 'run.started')?.occurred_at ?? own[0]?.occurred_at ?? rows[0]?.occurred_at ?? '';
  return {
    run_id: runId,
    root_run_id: first((row) => row.root_run_id),
    parent_run_id: first((row) => row.parent_run_id),
    sub_runs: subRunsOf(rows, runId),
    task_id: first((row) => row.task_id),
    session_ids: distinct(own.flatMap((row) => row.session_id ?? [])),
    trace_ids: distinct(own.flatMap((row) => row.trace_id ?? [])),
    agent: first((row) => row.agent),
    ai_system_id: first((row) => row.ai_system_id),
    workspace_id: first((row) => row.workspace_id),
    use_case: first((row) => row.use_case),
    trigger: first((row) => row.run?.trigger),
    automation_level: first((row) => row.run?.automation_level),
    status: statusOf(own),
    started_at,
    ended_at: end?.occurred_at ?? null,
    duration_ms: end === undefined ? null : millisBetween(started_at, end.occurred_at),
    outcome: end?.outcome ?? null,
    error_type: end?.run?.error_type ?? null,
    end_reason: end?.run?.end_reason ?? null,
    models: modelsOf(rows),
    policies: distinctBy(rows.flatMap(({ policy_context: set }) => (set === undefined ? [] : [{ policy_set: set.policy_set ?? null, version: set.version ?? null }])), (set) => JSON.stringify([set.policy_set, set.version])),
    usage: usageOf(rows),
    on_behalf_of: distinctBy(own.flatMap((row) => row.on_behalf_of ?? []), (person) => JSON.stringify([person.type, person.issuer, person.id])),
    cases: distinctBy(rows.flatMap((row) => row.case_refs ?? []).map(({ system = null, type = null, id = '' }) => ({ system, type, id })), (one) => JSON.stringify([one.system, one.id])),
    counts: {
      events: rows.length,
      model_calls: callsIn(rows, 'model_call'),
      tool_calls: callsIn(rows, 'tool_call'),
      effects: rows.filter((row) => isEffect(row.event_type)).length,
      late: rows.filter((row) => row.late).length,
      duplicates: rows.reduce((sum, row) => sum + row.duplicates, 0),
      conflicts: rows.filter((row) => row.conflict).length,
    },
  };
}

const firstOf = <T>(rows: readonly RunRow[], pick: (row: RunRow) => T | undefined): T | null => {
  for (const row of rows) {
    const found = pick(row);
    if (found !== undefined) return found;
  }
  return null;
};

export const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

function distinctBy<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const item of items) if (!found.has(key(item))) found.set(key(item), item);
  return [...found.values()];
}

/** Distinct calls, whether their begin, their end or both are recorded. */
export const callsIn = (rows: readonly RunRow[], kind: 'model_call' | 'tool_call'): number =>
  new Set(rows.filter((row) => kindOf(row.event_type) === kind).map(callOf)).size;

function subRunsOf(rows: readonly RunRow[], runId: string): RunHeader['sub_runs'] {
  const byRun = groupRows(rows.filter((row) => runOf(row) !== '' && runOf(row) !== runId), runOf);
  return [...byRun].map(([run_id, own]) => ({
    run_id, parent_run_id: firstOf(own, (row) => row.parent_run_id), agent: firstOf(own, (row) => row.agent?.name ?? row.agent?.id), status: statusOf(own),
  }));
}

function modelsOf(rows: readonly RunRow[]): RunHeader['models'] {
  const models = new Map<string, { provider: string | null; model: string | null; hosted: string | null; calls: Set<string> }>();
  const ended = new Map<string, RunRow>();
  for (const row of rows) if (kindOf(row.event_type) === 'model_call') ended.set(callOf(row), row);
  for (const [call, { model }] of ended) {
    const named = { provider: model?.provider ?? null, model: model?.response_model ?? model?.request_model ?? null, hosted: model?.hosted ?? null };
    const key = JSON.stringify(named);
    const known = models.get(key) ?? { ...named, calls: new Set<string>() };
    known.calls.add(call);
    models.set(key, known);
  }
  return [...models.values()].map(({ calls, ...named }) => ({ ...named, calls: calls.size }));
}

import { Distinct } from './distinct.ts';
import { endsRun, isEffect, kindOf } from './kinds.ts';
import { type ModelCalled, ModelsCalled } from './models-called.ts';
import { callOf, millisBetween, type RunRow, runOf } from './row.ts';
import { eachInTurns, type Turns } from './turns.ts';
import { RunUsage, type UsageTotals } from './usage.ts';

export type RunStatus = 'completed' | 'failed' | 'stopped' | 'open';

export interface RunHeader {
  readonly run_id: string;
  readonly root_run_id: string | null;
  readonly parent_run_id: string | null;
  readonly sub_runs: readonly {
    readonly run_id: string;
    readonly parent_run_id: string | null;
    readonly agent: string | null;
    readonly status: RunStatus;
  }[];
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
  readonly models: readonly ModelCalled[];
  readonly policies: readonly { readonly policy_set: string | null; readonly version: string | null }[];
  readonly usage: UsageTotals;
  readonly on_behalf_of: readonly { readonly type?: string; readonly id?: string; readonly issuer?: string }[];
  readonly cases: readonly { readonly system: string | null; readonly type: string | null; readonly id: string }[];
  readonly counts: {
    readonly events: number;
    readonly model_calls: number;
    readonly tool_calls: number;
    readonly effects: number;
    readonly late: number;
    readonly duplicates: number;
    readonly conflicts: number;
  };
}

const statuses: Readonly<Record<string, RunStatus>> = {
  'run.completed': 'completed',
  'run.failed': 'failed',
  'run.stopped': 'stopped',
};

/** The last ending by order decides; a run without one is open, whatever else is recorded of it. */
export const statusOf = (rows: readonly RunRow[]): RunStatus =>
  statusAfter(rows.findLast((row) => endsRun(row.event_type)));
const statusAfter = (end: RunRow | undefined): RunStatus => statuses[end?.event_type ?? ''] ?? 'open';

/**
 * `rows` are in order and not empty: those of the run, its sub-runs and what belongs to them. Each is looked at once.
 */
export function* headerOf(rows: readonly RunRow[], runId: string): Turns<RunHeader> {
  const [own, all] = [new OwnRows(), new AllRows(runId)];
  yield* eachInTurns(rows, (row) => {
    if (runOf(row) === runId) own.add(row);
    all.add(row);
  });
  const started_at = own.started?.occurred_at ?? own.first?.occurred_at ?? rows[0]?.occurred_at ?? '';
  const { end } = own;
  return {
    run_id: runId,
    ...own.said(),
    status: statusAfter(end),
    started_at,
    ended_at: end?.occurred_at ?? null,
    duration_ms: end === undefined ? null : millisBetween(started_at, end.occurred_at),
    outcome: end?.outcome ?? null,
    error_type: end?.run?.error_type ?? null,
    end_reason: end?.run?.end_reason ?? null,
    models: yield* all.models.list(),
    ...all.said(),
  };
}

const firstWords = ['root_run_id', 'parent_run_id', 'task_id', 'ai_system_id', 'workspace_id', 'use_case'] as const;

/** What the rows of the run itself say; of most things the first word counts. */
class OwnRows {
  first: RunRow | undefined;
  started: RunRow | undefined;
  end: RunRow | undefined;
  readonly #first: Partial<Record<(typeof firstWords)[number] | 'trigger' | 'automation_level', string | undefined>> & {
    agent?: RunRow['agent'] | undefined;
  } = {};
  readonly #sessions = new Set<string>();
  readonly #traces = new Set<string>();
  readonly #principals = new Distinct<RunHeader['on_behalf_of'][number]>(({ type, issuer, id }) =>
    JSON.stringify([type, issuer, id]),
  );

  add(row: RunRow): void {
    this.first ??= row;
    if (row.event_type === 'run.started') this.started ??= row;
    if (endsRun(row.event_type)) this.end = row;
    for (const name of firstWords) this.#first[name] ??= row[name];
    this.#first.agent ??= row.agent;
    this.#first.trigger ??= row.run?.trigger;
    this.#first.automation_level ??= row.run?.automation_level;
    if (row.session_id !== undefined) this.#sessions.add(row.session_id);
    if (row.trace_id !== undefined) this.#traces.add(row.trace_id);
    for (const person of row.on_behalf_of ?? []) this.#principals.add(person);
  }

  said() {
    const {
      root_run_id = null,
      parent_run_id = null,
      task_id = null,
      agent = null,
      ai_system_id = null,
      workspace_id = null,
      use_case = null,
      trigger = null,
      automation_level = null,
    } = this.#first;
    return {
      root_run_id,
      parent_run_id,
      task_id,
      session_ids: [...this.#sessions],
      trace_ids: [...this.#traces],
      agent,
      ai_system_id,
      workspace_id,
      use_case,
      trigger,
      automation_level,
      on_behalf_of: this.#principals.items,
    };
  }
}

/** What all rows together come to, those of sub-runs and of systems that know nothing of runs included. */
class AllRows {
  readonly models = new ModelsCalled();
  readonly #usage = new RunUsage();
  readonly #toolCalls = new Set<string>();
  readonly #policies = new Distinct<RunHeader['policies'][number]>(({ policy_set, version }) =>
    JSON.stringify([policy_set, version]),
  );
  readonly #cases = new Distinct<RunHeader['cases'][number]>(({ system, id }) => JSON.stringify([system, id]));
  readonly #subRuns = new Map<
    string,
    { parent_run_id: string | null; agent: string | null; end: RunRow | undefined }
  >();
  readonly #counts = { events: 0, effects: 0, late: 0, duplicates: 0, conflicts: 0 };

  constructor(readonly runId: string) {}

  add(row: RunRow): void {
    const kind = kindOf(row.event_type);
    if (kind === 'model_call') this.models.add(row);
    if (kind === 'tool_call') this.#toolCalls.add(callOf(row));
    this.#usage.add(row);
    if (row.policy_context !== undefined)
      this.#policies.add({
        policy_set: row.policy_context.policy_set ?? null,
        version: row.policy_context.version ?? null,
      });
    for (const { system = null, type = null, id = '' } of row.case_refs ?? []) this.#cases.add({ system, type, id });
    this.#addToSubRun(row);
    this.#counts.events += 1;
    if (isEffect(row.event_type)) this.#counts.effects += 1;
    if (row.late) this.#counts.late += 1;
    this.#counts.duplicates += row.duplicates;
    if (row.conflict) this.#counts.conflicts += 1;
  }

  #addToSubRun(row: RunRow): void {
    const run = runOf(row);
    if (run === '' || run === this.runId) return;
    const known = this.#subRuns.get(run) ?? { parent_run_id: null, agent: null, end: undefined };
    known.parent_run_id ??= row.parent_run_id ?? null;
    known.agent ??= row.agent?.name ?? row.agent?.id ?? null;
    if (endsRun(row.event_type)) known.end = row;
    this.#subRuns.set(run, known);
  }

  said() {
    const { events, effects, late, duplicates, conflicts } = this.#counts;
    return {
      sub_runs: [...this.#subRuns].map(([run_id, { parent_run_id, agent, end }]) => ({
        run_id,
        parent_run_id,
        agent,
        status: statusAfter(end),
      })),
      policies: this.#policies.items,
      usage: this.#usage.total(),
      cases: this.#cases.items,
      counts: {
        events,
        model_calls: this.models.calls,
        tool_calls: this.#toolCalls.size,
        effects,
        late,
        duplicates,
        conflicts,
      },
    };
  }
}

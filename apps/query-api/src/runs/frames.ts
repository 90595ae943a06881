import { isCall, kindOf } from './kinds.ts';
import { KnownEvents, KnownValue } from './known.ts';
import { laneId, laneOf } from './lanes.ts';
import { callOf, knownAt, millisBetween, type RunRow, eventKeyOf } from './row.ts';
import { isUse, UsageSum, type UsageTotals } from './usage.ts';

export interface Frame {
  readonly type: 'frame';
  /** From 1. */
  readonly frame: number;
  readonly at: string;
  /** Since the frame before, and since the first. */
  readonly elapsed_ms: number | null;
  readonly since_start_ms: number;
  /**
   * When the collector had it, and when the log had the link by which alone it is here; before that nobody could know
   * it from the record.
   */
  readonly known_at: string;
  readonly late_by_ms: number;
  readonly lane: string;
  readonly event: RunRow;
  readonly known_then: KnownThen;
  readonly state: RunState;
}

/** What the record told at `known_at`: of the frames up to this one, those that had been observed by then. */
export interface KnownThen {
  readonly events: number;
  /** Frames before this one that became known only later. */
  readonly not_yet: { readonly count: number; readonly event_ids: readonly string[] };
  readonly policy: {
    readonly policy_set: string | null;
    readonly version: string | null;
    readonly hash: string | null;
  } | null;
  readonly agent: {
    readonly id: string | null;
    readonly version: string | null;
    readonly config_id: string | null;
  } | null;
}

/** Where the run stood after this frame, by all frames so far: with hindsight, if some came late. */
export interface RunState {
  readonly open_calls: readonly {
    readonly call_id: string;
    readonly kind: 'model_call' | 'tool_call';
    readonly name: string | null;
    readonly since: string;
  }[];
  readonly open_approvals: readonly string[];
  readonly usage: UsageTotals;
  readonly last_outcome: { readonly event_id: string; readonly status: string; readonly code: string | null } | null;
}

const LISTED = 20;
/** A run with more open calls than this lists the oldest. */
const MAX_OPEN = 100;

/** Replays rows in order, one frame each. Nothing but the record goes in: no call is made again, no clock is read. */
export class FrameMaker {
  #count = 0;
  #first: RunRow | null = null;
  #before: RunRow | null = null;
  readonly #known = new KnownEvents();
  readonly #policy = new KnownValue<NonNullable<KnownThen['policy']>>();
  readonly #agent = new KnownValue<NonNullable<KnownThen['agent']>>();
  readonly #calls = new Map<string, RunState['open_calls'][number]>();
  readonly #approvals = new Set<string>();
  readonly #usage = new UsageSum();
  #outcome: RunState['last_outcome'] = null;

  frame(row: RunRow): Frame {
    this.#count += 1;
    this.#first ??= row;
    this.#learn(row);
    this.#act(row);
    const elapsed_ms = this.#before === null ? null : millisBetween(this.#before.occurred_at, row.occurred_at);
    const known_at = knownAt(row);
    const not_yet = this.#known.after(known_at, LISTED);
    this.#before = row;
    return {
      type: 'frame',
      frame: this.#count,
      at: row.occurred_at,
      elapsed_ms,
      since_start_ms: millisBetween(this.#first.occurred_at, row.occurred_at),
      known_at,
      late_by_ms: millisBetween(row.occurred_at, known_at),
      lane: laneId(laneOf(row)),
      event: row,
      known_then: {
        events: this.#known.size - not_yet.count,
        not_yet,
        policy: this.#policy.at(known_at),
        agent: this.#agent.at(known_at),
      },
      state: {
        open_calls: [...this.#calls.values()].slice(0, MAX_OPEN),
        open_approvals: [...this.#approvals].slice(0, MAX_OPEN),
        usage: this.#usage.total(),
        last_outcome: this.#outcome,
      },
    };
  }

  #learn(row: RunRow): void {
    const { event_id, policy_context, agent } = row;
    const known_at = knownAt(row);
    this.#known.add(known_at, event_id);
    if (policy_context !== undefined)
      this.#policy.add(known_at, {
        policy_set: policy_context.policy_set ?? null,
        version: policy_context.version ?? null,
        hash: policy_context.hash ?? null,
      });
    if (agent !== undefined)
      this.#agent.add(known_at, {
        id: agent.id ?? agent.name ?? null,
        version: agent.version ?? null,
        config_id: agent.config_id ?? null,
      });
  }

  #act(row: RunRow): void {
    const kind = kindOf(row.event_type);
    if (isCall(row.event_type) && (kind === 'model_call' || kind === 'tool_call')) {
      if (!row.event_type.endsWith('.requested')) this.#calls.delete(callOf(row));
      else
        this.#calls.set(callOf(row), {
          call_id: row.call_id ?? row.event_id,
          kind,
          name: row.tool?.name ?? row.model?.request_model ?? null,
          since: row.occurred_at,
        });
    }
    if (row.event_type === 'approval.requested') this.#approvals.add(row.approval_id ?? eventKeyOf(row));
    else if (kind === 'approval') this.#approvals.delete(row.approval_id ?? eventKeyOf(row));
    if (isUse(row)) this.#usage.add(row);
    if (row.outcome?.status !== undefined)
      this.#outcome = { event_id: row.event_id, status: row.outcome.status, code: row.outcome.code ?? null };
  }
}

import { actionFrom, isAction } from './action.ts';
import { type Agreement, agreementOf } from './agreement.ts';
import { type JoinedEvents, Joins } from './joins.ts';
import { endsCall, isAttempt, isCall, isControl, isEffect, kindOf, type NodeKind } from './kinds.ts';
import { laneId, laneOf } from './lanes.ts';
import { millisBetween, type RunRow, runOf, eventKeyOf } from './row.ts';
import { titleOf } from './titles.ts';

/** How the id was meant. */
export type StepIdKind = 'event' | 'call' | 'effect' | 'step';

export interface StepParts {
  readonly step: {
    readonly id: string;
    readonly id_kind: StepIdKind;
    readonly kind: NodeKind;
    readonly title: string;
    readonly lane: string;
    readonly run_id: string | null;
    readonly step_id: string | null;
    readonly started_at: string;
    readonly duration_ms: number;
  };
  /** What was asked for, by whom, on whose behalf. */
  readonly attempted: {
    readonly on_behalf_of: NonNullable<RunRow['on_behalf_of']>;
    readonly events: readonly RunRow[];
  };
  /** Which rules said what, who approved, what was inspected and masked. */
  readonly allowed: {
    readonly rules: readonly {
      readonly policy_id: string | null;
      readonly policy_version: string | null;
      readonly rule_id: string | null;
      readonly decision: string | null;
      readonly enforcement: string | null;
    }[];
    readonly approvals: readonly {
      readonly approval_id: string | null;
      readonly decision: string | null;
      readonly approver: string | null;
      readonly threshold: number | null;
      readonly value: number | null;
      readonly unit: string | null;
      readonly wait_ms: number | null;
    }[];
    /** Field by field, never what stood in it. */
    readonly masked: readonly {
      readonly path: string;
      readonly category: string;
      readonly count: number | null;
      readonly method: string | null;
      readonly event_id: string;
    }[];
    readonly events: readonly RunRow[];
  };
  readonly did: { readonly events: readonly RunRow[] };
  /** What systems of record and reviewers said afterwards; what followed is read beside it. */
  readonly answered: readonly RunRow[];
  /** Null for what only looked: there is nothing to agree about. */
  readonly agreement: Agreement | null;
  readonly reasons: readonly string[];
}

/** Where the id was asked for: its run; outside of runs its session, or, where none is named, its stream. */
export interface Scope {
  readonly run_id: string;
  readonly session_id: string;
  readonly stream_id: string;
}

const isOf = ({ run_id, session_id, stream_id }: Scope, row: RunRow): boolean =>
  run_id !== ''
    ? runOf(row) === run_id
    : runOf(row) === '' &&
      (session_id !== '' ? row.session_id === session_id : row.session_id === undefined && row.stream_id === stream_id);

/** The rows that an id stands for. Those of a call or a step are of one scope; other ids mean one thing everywhere. */
export function seedOf(rows: readonly RunRow[], id: string, kind: StepIdKind, scope: Scope | null): readonly RunRow[] {
  const named: Readonly<Record<StepIdKind, (row: RunRow) => string | undefined>> = {
    event: eventKeyOf,
    call: (row) => row.call_id,
    effect: (row) => row.effect_id,
    step: (row) => row.step_id,
  };
  const scoped = scope !== null && (kind === 'call' || kind === 'step');
  return rows.filter((row) => named[kind](row) === id && (!scoped || isOf(scope, row)));
}

export interface StepContext {
  readonly scope?: Scope | null;
  /** Links between the rows: an effect and its confirmation. */
  readonly confirming?: readonly JoinedEvents[];
}

/**
 * `rows` are in order and hold at least the event that the id names; what else they hold is left out unless it belongs.
 * Null without one.
 */
export function stepParts(
  rows: readonly RunRow[],
  id: string,
  kind: StepIdKind,
  { scope = null, confirming = [] }: StepContext = {},
): StepParts | null {
  const seed = seedOf(rows, id, kind, scope);
  const [first] = seed;
  if (first === undefined) return null;
  // An event is looked for by its key and shown by its id, as everywhere.
  const shown = kind === 'event' ? first.event_id : id;
  const joins = new Joins(rows, confirming);
  const belongs = new Set(joins.closure(seed));
  const steps = new Set([...belongs].filter((row) => isCall(row.event_type)).flatMap((row) => row.step_id ?? []));
  // What looked at a prompt before the call names the step and not the call.
  for (const row of rows)
    if (row.call_id === undefined && isControl(row.event_type) && row.step_id !== undefined && steps.has(row.step_id))
      belongs.add(row);
  const own = joins.inOrder(belongs);
  const action = actionFrom(own);
  const anchor = anchorOf(own, seed);
  const begin = own[0] ?? first;
  const settled = own.findLast((row) => endsCall(row.event_type) || isEffect(row.event_type))?.occurred_at ?? null;
  const part = (which: Part): readonly RunRow[] => own.filter((row) => partOf(row, settled) === which);
  const answered = part('answered');
  const end = own.findLast((row) => !answered.includes(row)) ?? first;
  return {
    step: {
      id: shown,
      id_kind: kind,
      kind: kind === 'step' ? 'step' : kindOf(first.event_type),
      title: kind === 'step' ? id : titleOf(anchor, shown),
      lane: laneId(laneOf(anchor[anchor.length - 1] ?? first)),
      run_id: own.map(runOf).find((run) => run !== '') ?? null,
      step_id: own.find((row) => row.step_id !== undefined)?.step_id ?? null,
      started_at: begin.occurred_at,
      duration_ms: millisBetween(begin.occurred_at, end.occurred_at),
    },
    attempted: {
      on_behalf_of: own.find((row) => row.on_behalf_of !== undefined)?.on_behalf_of ?? [],
      events: part('attempted'),
    },
    allowed: {
      rules: rulesOf(part('allowed')),
      approvals: approvalsOf(own),
      masked: maskedOf(own),
      events: part('allowed'),
    },
    did: { events: part('did') },
    answered,
    ...(isAction(action) ? agreementOf(action) : { agreement: null, reasons: [] }),
  };
}

const answers: ReadonlySet<NodeKind> = new Set(['confirmation', 'review', 'feedback', 'link']);

type Part = 'attempted' | 'allowed' | 'did' | 'answered';

/** Whom somebody calls when all is done allowed nothing: an exception or an escalation after `settled` is an answer. */
function partOf(row: RunRow, settled: string | null): Part {
  const kind = kindOf(row.event_type);
  if ((kind === 'exception' || kind === 'escalation') && settled !== null && row.occurred_at > settled)
    return 'answered';
  if (isAttempt(row.event_type)) return 'attempted';
  if (isControl(row.event_type)) return 'allowed';
  return answers.has(kind) && !isEffect(row.event_type) ? 'answered' : 'did';
}

function anchorOf(own: readonly RunRow[], seed: readonly RunRow[]): readonly RunRow[] {
  const calls = own.filter((row) => isCall(row.event_type));
  return calls.length > 0 ? calls : seed;
}

function rulesOf(rows: readonly RunRow[]): StepParts['allowed']['rules'] {
  return rows.flatMap(({ policy }) =>
    policy === undefined
      ? []
      : [
          {
            policy_id: policy.policy_id ?? null,
            policy_version: policy.policy_version ?? null,
            rule_id: policy.rule_id ?? null,
            decision: policy.decision ?? null,
            enforcement: policy.enforcement ?? null,
          },
        ],
  );
}

const maskedOf = (rows: readonly RunRow[]): StepParts['allowed']['masked'] =>
  rows.flatMap(({ event_id, transformation }) =>
    (transformation?.spans ?? []).map(({ path, category, count }) => ({
      path: path ?? '',
      category: category ?? '',
      count: count ?? null,
      method: transformation?.method ?? null,
      event_id,
    })),
  );

/** What each approval event says: what was held against which threshold, and who decided. */
function approvalsOf(rows: readonly RunRow[]): StepParts['allowed']['approvals'] {
  return rows
    .filter((row) => kindOf(row.event_type) === 'approval')
    .map(({ approval_id, approval, event_type }) => ({
      approval_id: approval_id ?? null,
      decision: approval?.decision ?? (event_type === 'approval.expired' ? 'expired' : null),
      approver: approval?.approver ?? null,
      threshold: approval?.threshold ?? null,
      value: approval?.value ?? null,
      unit: approval?.unit ?? null,
      wait_ms: approval?.wait_ms ?? null,
    }));
}

import { type Action } from './action.ts';
import { agreementOf } from './agreement.ts';
import { endsCall, endsRun, isEffect, kindOf, type NodeKind } from './kinds.ts';
import { callOf, groupRows, type RunRow, runOf } from './row.ts';
import { type RunStatus } from './run-header.ts';

/** Of what a run consists, and whether the record has it. */
export const PARTS = ['user_request', 'agent_instruction', 'model_interaction', 'tool_invocation', 'retrieved_data', 'system_updates', 'approvals', 'exceptions'] as const;
export type Part = (typeof PARTS)[number];

export interface PartCoverage {
  /** recorded: there, and nothing is known to be missing; missing: something is known to be missing; not_needed: the record says that there was none; unknown: nobody can tell. */
  readonly status: 'recorded' | 'missing' | 'not_needed' | 'unknown';
  readonly events: number;
  /** As the sources of the runs count it; null when one of them does not say. */
  readonly expected: number | null;
  readonly reasons: readonly Reason[];
}

export interface Reason {
  readonly code: string;
  readonly count: number;
  /** The first of them. */
  readonly event_ids: readonly string[];
}

export type Coverage = Readonly<Record<Part, PartCoverage>>;

export interface CoverageInput {
  /** In order: the run, its sub-runs, what belongs to them. */
  readonly rows: readonly RunRow[];
  readonly actions: readonly Action[];
  readonly status: RunStatus;
  /** Numbers are missing in the run's streams, or rows were cut: then nothing can be ruled out. */
  readonly holes: boolean;
}

const LISTED = 20;

export const reason = (code: string, rows: readonly RunRow[], count = rows.length): readonly Reason[] =>
  count === 0 ? [] : [{ code, count, event_ids: rows.slice(0, LISTED).map(({ event_id }) => event_id) }];

export function coverageOf(input: CoverageInput): Coverage {
  const view = new View(input);
  return {
    user_request: view.userRequest(),
    agent_instruction: view.instruction(),
    model_interaction: view.calls('model_call', 'expected_model_calls'),
    tool_invocation: view.calls('tool_call', 'expected_tool_calls'),
    retrieved_data: view.retrieved(),
    system_updates: view.updates(),
    approvals: view.approvals(),
    exceptions: view.exceptions(),
  };
}

class View {
  readonly #rows: readonly RunRow[];
  /** The run has ended and no hole is known, so what is not there was not. */
  readonly #closed: boolean;

  constructor(readonly input: CoverageInput) {
    this.#rows = input.rows;
    this.#closed = input.status !== 'open' && !input.holes;
  }

  #of(...kinds: readonly NodeKind[]): readonly RunRow[] {
    return this.#rows.filter((row) => kinds.includes(kindOf(row.event_type)));
  }

  #absent(expected: number | null = null, reasons: readonly Reason[] = []): PartCoverage {
    return { status: this.#closed ? 'not_needed' : 'unknown', events: 0, expected, reasons: [...reasons, ...this.#open()] };
  }

  #open(): readonly Reason[] {
    return [...(this.input.status === 'open' ? reason('run_without_end', [], 1) : []), ...(this.input.holes ? reason('gaps_or_cap', [], 1) : [])];
  }

  userRequest(): PartCoverage {
    const prompts = this.#of('prompt');
    if (prompts.length > 0) return { status: 'recorded', events: prompts.length, expected: null, reasons: [] };
    const starts = this.#rows.filter((row) => row.event_type === 'run.started');
    const withInput = starts.filter((row) => row.content?.some(({ role }) => role === 'input'));
    if (withInput.length > 0) return { status: 'recorded', events: withInput.length, expected: null, reasons: reason('with_the_start', withInput) };
    if (starts.some((row) => row.parent_run_id !== undefined && runOf(row) === starts[0]?.run_id)) return this.#absent(null, reason('started_by_a_run', starts.slice(0, 1)));
    const forPeople = this.#rows.filter((row) => row.actor?.type === 'human' || row.on_behalf_of?.some(({ type }) => type === 'human'));
    if (forPeople.length > 0) return { status: 'missing', events: 0, expected: null, reasons: reason('person_without_request', forPeople.slice(0, 1)) };
    return { status: 'unknown', events: 0, expected: null, reasons: this.#open() };
  }

  instruction(): PartCoverage {
    const told = this.#rows.filter((row) => row.content?.some(({ role }) => role === 'system' || role === 'config'));
    if (told.length > 0) return { status: 'recorded', events: told.length, expected: null, reasons: told.every((row) => row.content?.every(({ capture }) => capture === 'none' || capture === 'metadata')) ? reason('without_its_text', told) : [] };
    const byId = this.#rows.filter((row) => row.agent?.config_id !== undefined);
    if (byId.length > 0) return { status: 'recorded', events: byId.length, expected: null, reasons: reason('by_configuration_id_only', byId) };
    const models = this.#of('model_call');
    return models.length === 0 ? this.#absent() : { status: 'missing', events: 0, expected: null, reasons: reason('model_without_instruction', models.slice(0, 1)) };
  }

  /** Calls against what the sources count, run by run: one run's surplus must not hide another's hole. */
  calls(kind: 'model_call' | 'tool_call', counter: 'expected_model_calls' | 'expected_tool_calls'): PartCoverage {
    const rows = this.#of(kind);
    const calls = groupRows(rows, callOf);
    const unanswered = [...calls.values()].filter((events) => !events.some((row) => endsCall(row.event_type))).flatMap((events) => events.slice(0, 1));
    const resultless = rows.filter((row) => row.details?.['result_state'] === 'missing');
    const { expected, short } = this.#expected(counter, calls);
    const reasons = [...reason('call_without_end', unanswered), ...reason('call_without_result', resultless), ...reason('fewer_than_the_source_counts', [], short)];
    if (reasons.length > 0) return { status: 'missing', events: rows.length, expected, reasons };
    if (rows.length > 0) return { status: 'recorded', events: rows.length, expected, reasons: [] };
    return expected === 0 ? { status: 'not_needed', events: 0, expected, reasons: [] } : this.#absent(expected);
  }

  #expected(counter: 'expected_model_calls' | 'expected_tool_calls' | 'expected_effects', groups: ReadonlyMap<string, readonly RunRow[]>): { expected: number | null; short: number } {
    const recorded = groupRows([...groups.values()].flatMap((rows) => rows.slice(0, 1)), runOf);
    const ends = new Map(this.#rows.filter((row) => endsRun(row.event_type)).map((row) => [runOf(row), row.run?.[counter]]));
    const said = [...ends].flatMap(([run, count]) => (count === undefined ? [] : [{ count, missing: Math.max(0, count - (recorded.get(run)?.length ?? 0)) }]));
    const complete = said.length > 0 && said.length === new Set(this.#rows.map(runOf).filter((run) => run !== '')).size;
    return { expected: complete ? said.reduce((sum, { count }) => sum + count, 0) : null, short: said.reduce((sum, { missing }) => sum + missing, 0) };
  }

  retrieved(): PartCoverage {
    const looked = this.#rows.filter((row) => ['retrieval.performed', 'memory.read', 'object.read'].includes(row.event_type));
    const read = this.#rows.filter((row) => endsCall(row.event_type) && row.tool?.tier === 'read');
    const rows = [...looked, ...read];
    if (rows.length > 0) return { status: 'recorded', events: rows.length, expected: null, reasons: looked.length === 0 ? reason('as_tool_results_only', read) : [] };
    return this.#absent();
  }

  updates(): PartCoverage {
    const effects = this.#rows.filter((row) => isEffect(row.event_type));
    const confirmed = new Set(this.#of('confirmation').map(systemOf));
    const { expected, short } = this.#expected('expected_effects', groupRows(effects, effectOf));
    const ofActions = this.input.actions.filter(({ effects: own, confirmations }) => own.length > 0 && confirmations.length === 0).flatMap(({ effects: own }) => own);
    const unconfirmed = ofActions.filter((row) => row.evidence_grade !== 'system_of_record' && confirmed.has(systemOf(row)));
    const silent = this.input.actions.filter((action) => agreementOf(action).reasons.includes('effect_not_recorded')).flatMap(({ ends }) => ends.slice(0, 1));
    const reasons = [...reason('effect_without_confirmation', unconfirmed), ...reason('write_without_effect', silent), ...reason('fewer_than_the_source_counts', [], short)];
    if (reasons.length > 0) return { status: 'missing', events: effects.length, expected, reasons };
    if (effects.length > 0) return { status: 'recorded', events: effects.length, expected, reasons: [] };
    return expected === 0 ? { status: 'not_needed', events: 0, expected, reasons: [] } : this.#absent(expected);
  }

  approvals(): PartCoverage {
    const rows = this.#of('approval');
    const groups = groupRows(rows, (row) => row.approval_id ?? row.event_id);
    const open = [...groups.values()].filter((events) => events.every((row) => row.event_type === 'approval.requested')).flatMap((events) => events.slice(0, 1));
    const required = this.input.actions.filter(({ policies, approvals }) => approvals.length === 0 && policies.at(-1)?.policy?.decision === 'require_approval').flatMap(({ policies }) => policies.slice(-1));
    const reasons = [...reason('request_without_decision', open), ...reason('required_and_not_requested', required)];
    if (reasons.length > 0) return { status: 'missing', events: rows.length, expected: null, reasons };
    if (rows.length > 0) return { status: 'recorded', events: rows.length, expected: null, reasons: [] };
    const writing = this.input.actions.filter(({ effects, policies }) => effects.length > 0 && policies.length === 0).flatMap(({ effects }) => effects.slice(0, 1));
    // Whether an approval was needed is a policy's word, and there is none.
    return writing.length > 0 ? { status: 'unknown', events: 0, expected: null, reasons: reason('no_decision_recorded', writing) } : this.#absent();
  }

  exceptions(): PartCoverage {
    const rows = this.#rows.filter((row) => ['exception', 'escalation', 'override'].includes(kindOf(row.event_type)) || row.event_type.endsWith('.failed') || row.event_type === 'content.blocked' || row.policy?.decision === 'deny');
    const failed = this.#rows.filter((row) => row.event_type === 'run.failed' && row.run?.error_type === undefined);
    const unclosed = this.#unclosedExceptions();
    if (rows.length > 0) return { status: 'recorded', events: rows.length, expected: null, reasons: [...reason('failure_without_cause', failed), ...reason('exception_still_open', unclosed)] };
    return this.#absent();
  }

  #unclosedExceptions(): readonly RunRow[] {
    const closed = new Set(this.#rows.filter((row) => row.event_type === 'policy.exception.closed').map((row) => row.details?.['exception_id']));
    return this.#rows.filter((row) => row.event_type === 'policy.exception.raised' && !closed.has(row.details?.['exception_id']));
  }
}

const systemOf = (row: RunRow): string => row.effect?.target_system ?? row.object_refs?.[0]?.system ?? row.source?.system ?? '';
/** Sources count what was done, not what was said of it: changed and reverted are one effect. */
const effectOf = (row: RunRow): string => JSON.stringify([runOf(row), row.effect_id ?? row.event_id]);

import { type Action } from './action.ts';
import { approvals, exceptions } from './coverage-control.ts';
import { callsCovered, systemUpdates } from './coverage-counted.ts';
import { factsOf } from './coverage-facts.ts';
import { agentInstruction, retrievedData, userRequest } from './coverage-interaction.ts';
import { type RunRow } from './row.ts';
import { type RunStatus } from './run-header.ts';
import { type Turns } from './turns.ts';

/** Of what a run consists, and whether the record has it. */
export const PARTS = [
  'user_request',
  'agent_instruction',
  'model_interaction',
  'tool_invocation',
  'retrieved_data',
  'system_updates',
  'approvals',
  'exceptions',
] as const;
export type Part = (typeof PARTS)[number];

export interface PartCoverage {
  /**
   * recorded: there, and nothing is known to be missing; missing: something is known to be missing; not_needed: the
   * record says that there was none; unknown: nobody can tell.
   */
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

/** Put together in turns: of tens of thousands of rows each part takes a while. */
export function* coverageOf({ rows, actions, status, holes }: CoverageInput): Turns<Coverage> {
  const facts = yield* factsOf(rows, status === 'open', holes);
  return {
    user_request: userRequest(facts),
    agent_instruction: agentInstruction(facts),
    model_interaction: yield* callsCovered(facts, 'model_call', 'expected_model_calls'),
    tool_invocation: yield* callsCovered(facts, 'tool_call', 'expected_tool_calls'),
    retrieved_data: retrievedData(facts),
    system_updates: yield* systemUpdates(facts, actions),
    approvals: yield* approvals(facts, actions),
    exceptions: yield* exceptions(facts),
  };
}

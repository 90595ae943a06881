import { type CompiledMapping } from '../compile/compile-mapping.ts';
import { type Scope } from '../expression/scope.ts';
import { type Finding, type FindingKind } from '../finding.ts';
import { type JsonValue } from '../json-value.ts';
import { type ContentItem, type WireEvent } from '../wire-event.ts';
import { type RunClock } from './clock.ts';
import { type EventSink } from './event-sink.ts';
import { type Pairing } from './pair-calls.ts';
import { type PeopleInRun } from './people-in-run.ts';

/** What the composers of one run share and move along as they go through its messages. */
export interface RunContext {
  readonly mapping: CompiledMapping;
  readonly recordIndex: number;
  readonly runId: string;
  readonly scope: Scope;
  readonly clock: RunClock;
  readonly sink: EventSink;
  readonly people: PeopleInRun;
  readonly pairing: Pairing;
  readonly findings: Finding[];
  readonly state: RunState;
  /** The agent as actor of its own events. */
  readonly agentId: string;
}

export interface RunState {
  turn: number;
  /** Event that the next model call answers: the last prompt or tool result. */
  lastCause: string;
  /** Bodies of system messages until the next model call takes them as its input. */
  pendingSystem: ContentItem[];
  /** Originals of messages that nothing matched, for the run's last event. */
  readonly kept: JsonValue[];
  modelCalls: number;
  toolCalls: number;
  effects: number;
  escalated: boolean;
  /** Events that asked for each call, by call id. */
  readonly requested: Map<string, string>;
}

export function newRunState(): RunState {
  return {
    turn: 0,
    lastCause: '',
    pendingSystem: [],
    kept: [],
    modelCalls: 0,
    toolCalls: 0,
    effects: 0,
    escalated: false,
    requested: new Map(),
  };
}

export function report(context: RunContext, kind: FindingKind, messageIndex?: number, subject?: string): void {
  context.findings.push({
    kind,
    record_index: context.recordIndex,
    ...(messageIndex !== undefined && { message_index: messageIndex }),
    ...(subject !== undefined && { subject }),
  });
}

/** Fields of an event of the agent in this run: who acts, for whom, about whom. */
export function agentFields(
  context: RunContext,
): Pick<WireEvent, 'actor' | 'on_behalf_of' | 'subject_refs' | 'turn_id'> {
  return {
    actor: { type: 'agent', id: context.agentId },
    on_behalf_of: context.people.onBehalfOf,
    subject_refs: context.people.subjectRefs,
    turn_id: turnId(context),
  };
}

/** The person at the other end; their events are on nobody's behalf. */
export function speakerFields(context: RunContext): Pick<WireEvent, 'actor' | 'subject_refs' | 'turn_id'> {
  return { actor: context.people.speaker, subject_refs: context.people.subjectRefs, turn_id: turnId(context) };
}

function turnId(context: RunContext): string {
  return `${context.runId}/turn/${String(context.state.turn)}`;
}

export function stepId(context: RunContext, messageIndex: number): string {
  return `${context.runId}/step/${String(messageIndex)}`;
}

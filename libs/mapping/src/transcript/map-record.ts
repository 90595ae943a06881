import { type CompiledMapping } from '../compile/compile-mapping.ts';
import { type ReadListener, type Scope, withNames } from '../expression/scope.ts';
import { singleText } from '../expression/value.ts';
import { type Finding } from '../finding.ts';
import { type JsonValue } from '../json-value.ts';
import { limits } from '../limits.ts';
import { RecordError } from '../record-error.ts';
import { type WireEvent } from '../wire-event.ts';
import { RunClock } from './clock.ts';
import { jsonItems } from './content-items.ts';
import { EventSink } from './event-sink.ts';
import { type Message } from './message.ts';
import { composeMessage } from './messages.ts';
import { pairCalls } from './pair-calls.ts';
import { PeopleInRun } from './people-in-run.ts';
import { newRunState, report, type RunContext } from './run-context.ts';
import { composeEnd, composeStart, type Ending, endingOf } from './run-events.ts';
import { envelopeOf } from './run-base.ts';
import { enterFirstTime, readMessages, unknownToolIn } from './record-messages.ts';

/** What the caller knows that the record does not. */
export interface RecordInput {
  readonly record: JsonValue;
  readonly recordIndex: number;
  /** The whole file, for paths that start with `$document`. */
  readonly document: JsonValue;
  /** The import's `--set`. */
  readonly set: string;
  readonly file: string;
  /** Values of `$env`. Only what the user named: a mapping must not read the machine's environment. */
  readonly env: JsonValue;
  /** SHA-256, hex, of the mapping file and its lookup tables. */
  readonly mappingHash: string;
  /** Where assigned times begin, in microseconds; missing when the user gave no start. */
  readonly startMicros: number | undefined;
  readonly onRead?: ReadListener;
}

export type RecordResult =
  | {
      readonly status: 'mapped';
      readonly runId: string;
      readonly ending: Ending['kind'];
      readonly events: readonly WireEvent[];
      readonly findings: readonly Finding[];
      readonly nextStartMicros: number | undefined;
    }
  | {
      readonly status: 'refused';
      readonly runId: string;
      readonly code: string;
      readonly message: string;
      readonly findings: readonly Finding[];
    };

/** Characters that event ids need beside the run's own: places such as `9999/199/emit/19.199+9`. */
const EVENT_ID_CHARS = 200 - 40;

/**
 * Turns one record into the events of its run. Pure: the same input gives the same events, byte for byte. Total: a
 * record that nothing matches becomes a failed run that holds the original, or a refusal that the caller must show.
 */
export function mapRecord(mapping: CompiledMapping, input: RecordInput): RecordResult {
  const findings: Finding[] = [];
  const scope = recordScope(input);
  const { runId, given } = runIdIn(mapping, scope, input);
  if (!given) findings.push({ kind: 'run_id_assigned', record_index: input.recordIndex });
  try {
    return mapRun(mapping, input, withNames(scope, { run: runId }), runId, findings);
  } catch (error) {
    if (error instanceof RecordError)
      return { status: 'refused', runId, code: error.code, message: error.message, findings };
    throw error;
  }
}

/**
 * The id of a record's run without mapping it: an importer looks for two records with one id before it sends anything.
 */
export function runIdOf(mapping: CompiledMapping, input: RecordInput): string {
  return runIdIn(mapping, recordScope(input), input).runId;
}

function runIdIn(mapping: CompiledMapping, scope: Scope, input: RecordInput): { runId: string; given: boolean } {
  const given = singleText(mapping.ids.get('run'), scope);
  return { runId: given ?? `${input.set}/record-${String(input.recordIndex)}`, given: given !== undefined };
}

function mapRun(
  mapping: CompiledMapping,
  input: RecordInput,
  scope: Scope,
  runId: string,
  findings: Finding[],
): RecordResult {
  const ending = endingOf(mapping.run.failed, mapping.run.stopped, scope);
  const messages = readMessages(mapping, scope);
  const unmatched = messages === undefined && ending.kind === 'completed';
  if (
    mapping.onUnmatched === 'reject' &&
    (unmatched || messages?.some((message) => message.role === 'unmatched') === true)
  ) {
    return {
      status: 'refused',
      runId,
      code: 'unmatched',
      message: 'on_unmatched is reject, and the record holds what nothing matches',
      findings,
    };
  }
  const context = newContext(mapping, input, scope, runId, findings, messages ?? []);
  const stranger = mapping.rejectUnknownTools ? unknownToolIn(mapping, messages ?? []) : undefined;
  if (stranger !== undefined)
    return {
      status: 'refused',
      runId,
      code: 'unknown_tool',
      message: `unknown_tool is reject, and the mapping does not name the tool ${stranger}`,
      findings,
    };
  context.clock.enterAt(mapping.run.startedAt, scope);
  enterFirstTime(context, messages ?? []);
  composeStart(context);
  for (const message of messages ?? []) composeMessage(context, message);
  context.clock.enterAt(mapping.run.endedAt, scope);
  if (unmatched) report(context, 'unmatched_record');
  composeEnd(
    context,
    unmatched ? { kind: 'failed', code: 'unmatched_record', reason: jsonItems('original', input.record) } : ending,
  );
  if (context.clock.withoutOffset > 0 && mapping.time.zone === undefined) report(context, 'time_without_offset');
  return {
    status: 'mapped',
    runId,
    ending: unmatched ? 'failed' : ending.kind,
    events: context.sink.events,
    findings,
    nextStartMicros: context.clock.position,
  };
}

function recordScope(input: RecordInput): Scope {
  return {
    roots: new Map([
      ['', { value: input.record, at: ['$'] }],
      ['document', { value: input.document }],
      ['env', { value: input.env }],
    ]),
    names: new Map<string, string | number>([
      ['set', input.set],
      ['file', input.file],
      ['record_index', input.recordIndex],
    ]),
    ...(input.onRead !== undefined && { onRead: input.onRead }),
  };
}

function newContext(
  mapping: CompiledMapping,
  input: RecordInput,
  scope: Scope,
  runId: string,
  findings: Finding[],
  messages: readonly Message[],
): RunContext {
  const session = singleText(mapping.ids.get('session'), scope) ?? runId;
  const inRun = withNames(scope, { session });
  const clock = new RunClock(mapping.time, startOf(mapping, scope) ?? input.startMicros);
  const base = envelopeOf(mapping, { scope: inRun, runId, session, mappingHash: input.mappingHash });
  const sink = new EventSink(base, clock);
  if (runId.length > limits.runIdChars || sink.prefix.length > EVENT_ID_CHARS) {
    throw new RecordError(
      'run_id_too_long',
      `the run id has ${String(runId.length)} characters; at most ${String(limits.runIdChars)}: shorten --set or ids.run`,
    );
  }
  return {
    mapping,
    runId,
    clock,
    sink,
    findings,
    recordIndex: input.recordIndex,
    scope: inRun,
    people: new PeopleInRun(mapping.run.people, inRun, runId),
    pairing: pairCalls(messages),
    state: newRunState(),
    agentId: base.agentId,
  };
}

function startOf(mapping: CompiledMapping, scope: Scope): number | undefined {
  const start = mapping.time.start;
  return start === undefined
    ? undefined
    : new RunClock({ ...mapping.time, basis: 'source' }, undefined).read(start, scope);
}

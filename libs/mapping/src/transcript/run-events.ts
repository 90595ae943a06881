import { eventTypes } from '@affidavit/contracts';
import { type CompiledEnding } from '../compile/run.ts';
import { type Scope } from '../expression/scope.ts';
import { type CompiledValue, singleText } from '../expression/value.ts';
import { fieldValue } from '../compile/field-value.ts';
import { isScalar, type JsonObject, type JsonValue, scalarText } from '../json-value.ts';
import { type ContentItem } from '../wire-event.ts';
import { jsonItems, textItems } from './content-items.ts';
import { agentFields, type RunContext } from './run-context.ts';

/** How a run ended, as far as the record says so. */
export type Ending =
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed' | 'stopped'; readonly code: string; readonly reason: readonly ContentItem[] };

/** The first rule that holds decides; failing comes before stopping. */
export function endingOf(failed: readonly CompiledEnding[], stopped: readonly CompiledEnding[], scope: Scope): Ending {
  const failure = failed.find((ending) => ending.test(scope));
  if (failure !== undefined)
    return {
      kind: 'failed',
      code: singleText(failure.code, scope) ?? 'reported_by_source',
      reason: reasonOf(failure, scope),
    };
  const stop = stopped.find((ending) => ending.test(scope));
  if (stop !== undefined)
    return {
      kind: 'stopped',
      code: singleText(stop.code, scope) ?? 'reported_by_source',
      reason: reasonOf(stop, scope),
    };
  return { kind: 'completed' };
}

/** Error prose is content, since it may name people and hold secrets; only codes stand on the event. */
function reasonOf(ending: CompiledEnding, scope: Scope): readonly ContentItem[] {
  return (ending.reason?.(scope) ?? []).flatMap((value) =>
    isScalar(value) ? textItems('reason', scalarText(value), 'text/plain') : jsonItems('reason', value),
  );
}

export function composeStart(context: RunContext): void {
  const { run } = context.mapping;
  const trigger = singleText(run.trigger, context.scope);
  const level = singleText(run.automationLevel, context.scope);
  context.state.lastCause = context.sink.add('start', 'run.started', {
    ...agentFields(context),
    turn_id: undefined,
    run: nonEmpty({ trigger, automation_level: level }),
    model: sectionOf('model', context.mapping.model, context.scope),
  });
}

export function composeEnd(context: RunContext, ending: Ending): void {
  const { run } = context.mapping;
  const { state, scope } = context;
  const type = ending.kind === 'completed' ? 'run.completed' : ending.kind === 'failed' ? 'run.failed' : 'run.stopped';
  const endReason = singleText(run.endReason, scope);
  const expected = {
    expected_model_calls: count(run.expected.get('model_calls'), scope) ?? state.modelCalls,
    expected_tool_calls: count(run.expected.get('tool_calls'), scope) ?? state.toolCalls,
    expected_effects: count(run.expected.get('effects'), scope) ?? state.effects,
  };
  const documented = Object.entries(run.details?.(scope) ?? {}).filter(
    ([key]) => key.startsWith('x_') || Object.hasOwn(eventTypes[type].details, key),
  );
  context.sink.add('end', type, {
    ...agentFields(context),
    turn_id: undefined,
    causation_id: state.lastCause,
    outcome: outcomeOf(ending, state.escalated),
    run: nonEmpty({
      end_reason: endReason ?? (ending.kind === 'stopped' ? ending.code : undefined),
      error_type: ending.kind === 'failed' ? ending.code : undefined,
      ...expected,
    }),
    content: [...(ending.kind === 'completed' ? [] : ending.reason), ...state.pendingSystem, ...keptItems(state.kept)],
    ...(documented.length > 0 && { details: Object.fromEntries(documented) }),
  });
}

const MOST_BODIES = 20;

/** Originals one by one, or as one list when an event could not name them all. */
function keptItems(kept: readonly JsonValue[]): readonly ContentItem[] {
  return kept.length > MOST_BODIES ? jsonItems('original', kept) : kept.flatMap((raw) => jsonItems('original', raw));
}

/** That a run came to its end says nothing about whether it did well: then the status stays open. */
function outcomeOf(ending: Ending, escalated: boolean): { status: string; code?: string } | undefined {
  switch (ending.kind) {
    case 'failed':
      return { status: 'failure', code: ending.code };
    case 'stopped':
      return { status: 'cancelled', code: ending.code };
    case 'completed':
      return escalated ? { status: 'escalated' } : undefined;
  }
}

function count(value: CompiledValue | undefined, scope: Scope): number | undefined {
  const found = value?.(scope)[0];
  return isScalar(found) ? (fieldValue('run', 'expected_effects', found)[0] as number | undefined) : undefined;
}

/** A section of single values; undefined when none has one. */
export function sectionOf(
  section: string,
  fields: ReadonlyMap<string, CompiledValue>,
  scope: Scope,
): JsonObject | undefined {
  const found = [...fields].flatMap(([key, value]) => {
    const first = value(scope)[0];
    return isScalar(first) ? fieldValue(section, key, first).map((field) => [key, field] as const) : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function nonEmpty(fields: Readonly<Record<string, string | number | undefined>>): JsonObject | undefined {
  const found = Object.entries(fields).filter((field): field is [string, string | number] => field[1] !== undefined);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

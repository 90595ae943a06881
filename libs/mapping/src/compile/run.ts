import { eventTypes } from '@affidavit/contracts';
import { type CompiledCondition } from '../expression/condition.ts';
import { type CompiledValue } from '../expression/value.ts';
import { asMany, type EndingFile, type MappingFile, type OneOrMany } from '../file/mapping-file.ts';
import { runEnvelopeFields } from '../file/run-schema.ts';
import { type JsonValue } from '../json-value.ts';
import { type CompileContext, runNames } from './compile-context.ts';
import { compileList } from './emits.ts';
import { checkDetails } from './event-type.ts';
import { compilePeople, type CompiledPerson } from './people.ts';
import { type CompiledCases, compileCases, type CompiledObjects, compileObjects } from './refs.ts';
import { type CompiledTree, compileTree } from './tree.ts';

/** When a run counts as failed or stopped, and what the record says about why. */
export interface CompiledEnding {
  readonly test: CompiledCondition;
  readonly reason: CompiledValue | undefined;
  readonly code: CompiledValue | undefined;
}

export interface CompiledRun {
  readonly failed: readonly CompiledEnding[];
  readonly stopped: readonly CompiledEnding[];
  readonly startedAt: CompiledValue | undefined;
  readonly endedAt: CompiledValue | undefined;
  readonly endReason: CompiledValue | undefined;
  readonly trigger: CompiledValue | undefined;
  readonly automationLevel: CompiledValue | undefined;
  readonly envelope: ReadonlyMap<string, CompiledValue>;
  readonly cases: CompiledCases;
  readonly people: readonly CompiledPerson[];
  readonly objects: CompiledObjects;
  readonly labels: readonly CompiledValue[];
  readonly categories: readonly CompiledValue[];
  readonly expected: ReadonlyMap<string, CompiledValue>;
  readonly details: CompiledTree | undefined;
}

const names = [...runNames, 'run', 'session'];

export function compileRun(context: CompileContext, file: MappingFile): CompiledRun {
  const run = file.run ?? {};
  checkDetails(context, ['run', 'details'], run.details, eventTypes['run.completed']);
  const value = (key: string): CompiledValue | undefined =>
    context.value(['run', key], run[key] as JsonValue | undefined, names);
  const envelope = new Map(
    runEnvelopeFields.flatMap((key) => {
      const compiled = value(key);
      return compiled === undefined ? [] : [[key, compiled] as const];
    }),
  );
  return {
    failed: compileEndings(context, 'failed_when', run.failed_when),
    stopped: compileEndings(context, 'stopped_when', run.stopped_when),
    startedAt: value('started_at'),
    endedAt: value('ended_at'),
    endReason: value('end_reason'),
    trigger: value('trigger'),
    automationLevel: value('automation_level'),
    envelope,
    cases: compileCases(context, ['run', 'case'], run.case, names),
    people: compilePeople(context, run.people ?? []),
    objects: compileObjects(context, ['run', 'object'], run.object, file.objects ?? {}),
    labels: compileList(context, ['run', 'labels'], run.labels),
    categories: compileList(context, ['run', 'categories'], run.categories),
    expected: context.values(['run', 'expected'], run.expected, names),
    details: run.details === undefined ? undefined : compileTree(context, ['run', 'details'], 'details', run.details),
  };
}

function compileEndings(
  context: CompileContext,
  key: string,
  source: OneOrMany<EndingFile> | undefined,
): readonly CompiledEnding[] {
  return asMany(source).map((ending, index) => {
    const place = Array.isArray(source) ? ['run', key, index] : ['run', key];
    return {
      test: context.condition(place, ending),
      reason: context.value([...place, 'reason'], ending.reason, names),
      code: context.value([...place, 'code'], ending.code, names),
    };
  });
}

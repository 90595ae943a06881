import { type CompiledCondition } from '../expression/condition.ts';
import { offsetMinutes } from '../expression/date-time.ts';
import { type LookupTable } from '../expression/functions.ts';
import { type CompiledPath } from '../expression/json-path.ts';
import { type CompiledValue } from '../expression/value.ts';
import { checkMapping } from '../file/check-mapping.ts';
import { type MappingFile, type MessageRole, type OnUnmatched, type TimeFile } from '../file/mapping-file.ts';
import { readYaml } from '../file/read-yaml.ts';
import { scalarText } from '../json-value.ts';
import { MappingError } from '../mapping-error.ts';
import { CompileContext, messageNames, runNames } from './compile-context.ts';
import { checkEventType } from './event-type.ts';
import { compileErrorRules, type CompiledErrorRule } from './error-rules.ts';
import { compileRun, type CompiledRun } from './run.ts';
import { compileTools, type CompiledTool, unknownTool } from './tools.ts';

/** A mapping ready to run. It holds functions only over the record: compiled once, used for any number of records. */
export interface CompiledMapping {
  readonly id: string;
  readonly version: string;
  readonly source: ReadonlyMap<string, CompiledValue>;
  readonly agent: ReadonlyMap<string, CompiledValue>;
  readonly records: CompiledPath;
  readonly messages: CompiledPath;
  readonly roles: ReadonlyMap<string, MessageRole>;
  readonly ids: ReadonlyMap<string, CompiledValue>;
  readonly time: CompiledTime;
  readonly run: CompiledRun;
  readonly model: ReadonlyMap<string, CompiledValue>;
  /** Whether an assistant message was a call of a model: some sets open with a canned greeting. */
  readonly isModelCall: CompiledCondition;
  readonly usage: ReadonlyMap<string, CompiledValue>;
  readonly shown: 'without_tool_calls' | 'always' | 'never';
  readonly errors: readonly CompiledErrorRule[];
  readonly rejectUnknownTools: boolean;
  readonly onUnmatched: OnUnmatched;
  readonly tools: ReadonlyMap<string, CompiledTool>;
  readonly unknownTool: CompiledTool;
}

export interface CompiledTime extends Omit<TimeFile, 'path' | 'start'> {
  readonly path: CompiledPath | undefined;
  readonly start: CompiledValue | undefined;
}

export interface CompileOptions {
  /** Texts of the lookup files by name, as `lookupFilesOf` listed them; each one read by the caller. */
  readonly lookupFiles?: ReadonlyMap<string, string>;
}

/** Reads, checks and compiles a mapping file. Throws MappingError with every problem found and its line. */
export function compileMapping(text: string, options: CompileOptions = {}): CompiledMapping {
  const source = readYaml(text);
  const file = checkMapping(source);
  const context = new CompileContext(source, readTables(file, options));
  const compiled = compile(context, file);
  if (context.problems.length > 0) throw new MappingError('mapping_path_invalid', context.problems);
  return compiled;
}

/** Names of the lookup files that stand beside the mapping file and belong to it (they are hashed with it). */
export function lookupFilesOf(text: string): readonly string[] {
  const file = checkMapping(readYaml(text));
  return [...new Set(Object.values(file.lookups ?? {}).flatMap((lookup) => lookup.file ?? []))].sort();
}

function compile(context: CompileContext, file: MappingFile): CompiledMapping {
  const { when, ...model } = file.model ?? {};
  return {
    id: file.mapping.id,
    version: String(file.mapping.version),
    source: context.values(['source'], file.source, runNames),
    agent: context.values(['agent'], file.agent, runNames),
    records: context.path(['records'], file.records ?? '$[*]'),
    messages: context.path(['messages'], file.messages ?? '$.messages'),
    roles: new Map(Object.entries(file.roles ?? {})),
    ids: compileIds(context, file),
    time: compileTime(context, file.time ?? {}),
    run: compileRun(context, file),
    model: context.values(['model'], model),
    isModelCall: when === undefined ? () => true : context.condition(['model', 'when'], when),
    usage: context.values(['usage'], file.usage),
    shown: file.responses?.shown ?? 'always',
    errors: compileErrorRules(context, ['errors'], file.errors ?? []),
    rejectUnknownTools: file.defaults?.unknown_tool === 'reject',
    onUnmatched: checkUnmatched(context, file),
    tools: compileTools(context, file),
    unknownTool: unknownTool(context, file),
  };
}

function compileIds(context: CompileContext, file: MappingFile): ReadonlyMap<string, CompiledValue> {
  const { run, session, task, call } = file.ids;
  const early = { run, ...(task !== undefined && { task }) };
  const compiled = new Map(context.values(['ids'], early, runNames));
  if (session !== undefined)
    compiled.set('session', context.value(['ids', 'session'], session, [...runNames, 'run']) ?? (() => []));
  if (call !== undefined) compiled.set('call', context.value(['ids', 'call'], call, messageNames) ?? (() => []));
  return compiled;
}

function compileTime(context: CompileContext, time: TimeFile): CompiledTime {
  const { path, start, ...rest } = time;
  if (time.basis === 'source' && path === undefined)
    context.problem(['time'], 'basis source needs path: where a message has its time, as in $message.timestamp');
  if (time.zone !== undefined && offsetMinutes(time.zone) === undefined)
    context.problem(['time', 'zone'], 'must be an offset such as +02:00, or UTC');
  return {
    ...rest,
    path: path === undefined ? undefined : context.path(['time', 'path'], path),
    start: start === undefined || start === 'option' ? undefined : context.value(['time', 'start'], start, runNames),
  };
}

function checkUnmatched(context: CompileContext, file: MappingFile): OnUnmatched {
  const given = file.on_unmatched ?? 'quarantine';
  if (typeof given === 'object') checkEventType(context, ['on_unmatched', 'keep_as'], given.keep_as);
  return given;
}

function readTables(file: MappingFile, options: CompileOptions): ReadonlyMap<string, LookupTable> {
  return new Map(
    Object.entries(file.lookups ?? {}).map(([name, lookup]) => [
      name,
      lookup.file === undefined ? table(lookup.values) : readTable(name, lookup.file, options),
    ]),
  );
}

function readTable(name: string, fileName: string, options: CompileOptions): LookupTable {
  const text = options.lookupFiles?.get(fileName);
  if (text === undefined)
    throw new MappingError('mapping_lookup_missing', [
      { line: 1, column: 1, at: `lookups.${name}`, message: `the file ${fileName} is not beside the mapping file` },
    ]);
  const { data } = readYaml(text);
  return table(data as Readonly<Record<string, unknown>>);
}

function table(values: Readonly<Record<string, unknown>> | undefined): LookupTable {
  return new Map(
    Object.entries(values ?? {}).map(([key, value]) => [key, scalarText(value as string | number | boolean)]),
  );
}

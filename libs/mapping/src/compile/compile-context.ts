import { type LookupTable } from '../expression/functions.ts';
import { type CompiledCondition, compileCondition, type ConditionFile } from '../expression/condition.ts';
import { type CompiledPath, compilePath } from '../expression/json-path.ts';
import { type CompiledValue, compileValue } from '../expression/value.ts';
import { type YamlSource } from '../file/read-yaml.ts';
import { type JsonValue } from '../json-value.ts';
import { type MappingProblem } from '../mapping-error.ts';

export type Place = readonly (string | number)[];

/** Names that templates may use once a run, a message and a call are known. */
export const runNames = ['set', 'file', 'record_index'] as const;
export const messageNames = [...runNames, 'run', 'session', 'message_index', 'call_index'] as const;

/** Compiles the parts of one file and gathers every problem with its line, so that an author mends all at once. */
export class CompileContext {
  readonly problems: MappingProblem[] = [];
  private readonly source: YamlSource;
  private readonly tables: ReadonlyMap<string, LookupTable>;

  constructor(source: YamlSource, tables: ReadonlyMap<string, LookupTable>) {
    this.source = source;
    this.tables = tables;
  }

  value(
    place: Place,
    source: JsonValue | undefined,
    names: readonly string[] = messageNames,
  ): CompiledValue | undefined {
    if (source === undefined || source === null) return undefined;
    return this.guard(place, () => compileValue(source, { names, tables: this.tables })) ?? (() => []);
  }

  path(place: Place, text: string): CompiledPath {
    return this.guard(place, () => compilePath(text)) ?? { text, root: '', matches: () => [], within: () => [] };
  }

  condition(place: Place, file: ConditionFile, defaultPath?: string): CompiledCondition {
    return this.guard(place, () => compileCondition(file, defaultPath)) ?? (() => false);
  }

  values(
    place: Place,
    source: Readonly<Record<string, JsonValue>> | undefined,
    names?: readonly string[],
  ): ReadonlyMap<string, CompiledValue> {
    const compiled = new Map<string, CompiledValue>();
    for (const [key, each] of Object.entries(source ?? {})) {
      const value = this.value([...place, key], each, names);
      if (value !== undefined) compiled.set(key, value);
    }
    return compiled;
  }

  problem(place: Place, message: string): void {
    this.problems.push(this.source.problemAt(place, message));
  }

  private guard<T>(place: Place, compile: () => T): T | undefined {
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.problem(place, error.message);
      return undefined;
    }
  }
}

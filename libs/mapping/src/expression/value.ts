import { isJsonObject, isScalar, type JsonObject, type JsonValue, scalarText } from '../json-value.ts';
import {
  buildFunction,
  functionNames,
  functionOptions,
  type FunctionName,
  isFunctionName,
  type LookupTable,
} from './functions.ts';
import { compilePath, looksLikePath } from './json-path.ts';
import { type Scope } from './scope.ts';
import { compileTemplate, looksLikeTemplate } from './template.ts';

/** Every value an expression has in a scope: none, one, or as many as a path with `[*]` matches. Never null. */
export type CompiledValue = (scope: Scope) => readonly JsonValue[];

export interface ValueContext {
  /** Names a template may use at this place, such as `run`. */
  readonly names: readonly string[];
  readonly tables: ReadonlyMap<string, LookupTable>;
}

/**
 * Compiles one value of a mapping: a path (`$args.id`), a template (`"{run}/x"`), a function call
 * (`{trim: $args.id}`), a list (joined by `/`), `{literal: x}`, or a plain literal.
 * Throws SyntaxError with a sentence for the author of the mapping.
 */
export function compileValue(source: JsonValue, context: ValueContext): CompiledValue {
  if (typeof source === 'string') return compileText(source, context);
  if (Array.isArray(source)) return compileJoin(source as readonly JsonValue[], '/', context);
  if (isJsonObject(source)) return compileCall(source, context);
  return source === null ? () => [] : () => [source];
}

function compileText(text: string, context: ValueContext): CompiledValue {
  if (looksLikePath(text)) {
    const path = compilePath(text);
    return (scope) => path.matches(scope).filter((value) => value !== null);
  }
  if (looksLikeTemplate(text)) {
    const template = compileTemplate(text, context.names);
    return (scope) => {
      const value = template(scope);
      return value === undefined ? [] : [value];
    };
  }
  return () => [text];
}

/** True for an object that calls a function: `{trim: …}`. Anything else is a tree of values. */
export function looksLikeCall(source: JsonObject): boolean {
  return (
    Object.keys(source).some((key) => isFunctionName(key)) ||
    (Object.hasOwn(source, 'literal') && Object.keys(source).length === 1)
  );
}

function compileCall(source: JsonObject, context: ValueContext): CompiledValue {
  const literal = source.literal;
  if (literal !== undefined && Object.keys(source).length === 1) return () => (literal === null ? [] : [literal]);
  // The first function name is the function: in `{map: …, trim: x}` the rest are entries of the map.
  const name = Object.keys(source).find((key) => isFunctionName(key));
  if (name === undefined || !isFunctionName(name)) {
    throw new SyntaxError(
      `{${Object.keys(source).join(', ')}} is no function; the functions are ${functionNames.join(', ')}`,
    );
  }
  const options = readOptions(name, source);
  if (name === 'join') return compileJoin(source[name], options.get('separator') ?? '', context);
  return compileApplied(name, source[name] ?? null, options, context);
}

function compileApplied(
  name: Exclude<FunctionName, 'join'>,
  given: JsonValue,
  options: Map<string, string>,
  context: ValueContext,
): CompiledValue {
  let inner = given;
  if (name === 'strip_prefix' && Array.isArray(given)) {
    // Also `{strip_prefix: [$args.id, "#"]}`.
    const [first, prefix] = given as readonly JsonValue[];
    inner = first ?? null;
    if (isScalar(prefix)) options.set('prefix', scalarText(prefix));
  }
  if (name === 'strip_prefix' && !options.has('prefix'))
    throw new SyntaxError(
      'strip_prefix needs prefix: the text to take off, as in {strip_prefix: $args.id, prefix: "#"}',
    );
  const apply = buildFunction(name, options, name === 'lookup' ? tableOf(options, context) : undefined);
  const value = compileValue(inner, context);
  return (scope) =>
    value(scope).flatMap((one) =>
      (Array.isArray(one) ? (one as readonly JsonValue[]) : [one]).map(apply).filter((made) => made !== undefined),
    );
}

function readOptions(name: FunctionName, source: JsonObject): Map<string, string> {
  const options = new Map<string, string>();
  const allowed = functionOptions[name];
  for (const [key, value] of Object.entries(source)) {
    if (key === name) continue;
    if (allowed !== undefined && !allowed.includes(key)) {
      throw new SyntaxError(`${name} takes ${allowed.length === 0 ? 'no options' : allowed.join(', ')}, not ${key}`);
    }
    if (!isScalar(value)) throw new SyntaxError(`${name}.${key} must be a plain value`);
    options.set(key, scalarText(value));
  }
  return options;
}

function tableOf(options: ReadonlyMap<string, string>, context: ValueContext): LookupTable {
  const name = options.get('table') ?? '';
  const table = context.tables.get(name);
  if (table === undefined) {
    throw new SyntaxError(
      `lookup needs table: one of the tables under lookups (${[...context.tables.keys()].join(', ') || 'there are none'}), not "${name}"`,
    );
  }
  return table;
}

/** Missing when one part is missing or not single: half an id would be another thing's id. */
function compileJoin(source: JsonValue | undefined, separator: string, context: ValueContext): CompiledValue {
  if (!Array.isArray(source)) {
    // `{join: $args.names}` joins what one path matches.
    const value = compileValue(source ?? null, context);
    return (scope) => {
      const parts = value(scope)
        .flatMap((one) => (Array.isArray(one) ? (one as readonly JsonValue[]) : [one]))
        .filter(isScalar);
      return parts.length === 0 ? [] : [parts.map(scalarText).join(separator)];
    };
  }
  const parts = (source as readonly JsonValue[]).map((part) => compileValue(part, context));
  return (scope) => {
    const texts: string[] = [];
    for (const part of parts) {
      const values = part(scope);
      const only = values[0];
      if (values.length !== 1 || !isScalar(only)) return [];
      texts.push(scalarText(only));
    }
    return [texts.join(separator)];
  };
}

/** The one plain value as text; undefined when there is none, several, or it is empty. */
export function singleText(value: CompiledValue | undefined, scope: Scope): string | undefined {
  const values = value?.(scope) ?? [];
  const only = values[0];
  if (values.length !== 1 || !isScalar(only)) return undefined;
  const text = scalarText(only);
  return text === '' ? undefined : text;
}

/** All plain values as texts, arrays opened one level: `$args.item_ids` and `$args.item_ids[*]` mean the same. */
export function allTexts(value: CompiledValue, scope: Scope): readonly string[] {
  return value(scope)
    .flatMap((one) => (Array.isArray(one) ? (one as readonly JsonValue[]) : [one]))
    .filter(isScalar)
    .map(scalarText)
    .filter((text) => text.trim() !== '');
}

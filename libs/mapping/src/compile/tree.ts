import { type Scope } from '../expression/scope.ts';
import { type CompiledValue, looksLikeCall } from '../expression/value.ts';
import { isJsonObject, isScalar, type JsonObject, type JsonValue } from '../json-value.ts';
import { type CompileContext, type Place } from './compile-context.ts';
import { fieldValue } from './field-value.ts';

/** Composes one section of an event; undefined when nothing of it has a value. */
export type CompiledTree = (scope: Scope) => JsonObject | undefined;

type CompiledNode = (scope: Scope) => readonly JsonValue[];

/**
 * A section whose leaves are values. Missing leaves are left out. In a list, an element whose leaf matches several
 * values becomes as many elements: `recipients: [{id: "$args.to[*]", kind: to}]`.
 */
export function compileTree(context: CompileContext, place: Place, section: string, source: JsonObject): CompiledTree {
  const fields = Object.entries(source).map(
    ([key, each]) => [key, compileNode(context, [...place, key], section, key, each)] as const,
  );
  return (scope) => {
    const composed: Record<string, JsonValue> = {};
    for (const [key, node] of fields) {
      const value = node(scope)[0];
      if (value !== undefined) composed[key] = value;
    }
    return Object.keys(composed).length === 0 ? undefined : composed;
  };
}

function compileNode(
  context: CompileContext,
  place: Place,
  section: string,
  key: string,
  source: JsonValue,
): CompiledNode {
  if (Array.isArray(source)) {
    const nodes = (source as readonly JsonValue[]).map((each, index) =>
      isJsonObject(each) && !looksLikeCall(each)
        ? compileElements(context, [...place, index], section, each)
        : leaf(context, [...place, index], section, key, each),
    );
    return (scope) => {
      const elements = nodes.flatMap((node) => node(scope));
      return elements.length === 0 ? [] : [elements];
    };
  }
  return leaf(context, place, section, key, source);
}

function leaf(context: CompileContext, place: Place, section: string, key: string, source: JsonValue): CompiledNode {
  const value: CompiledValue = context.value(place, source) ?? (() => []);
  return (scope) => value(scope).flatMap((one) => (isScalar(one) ? fieldValue(section, key, one) : []));
}

function compileElements(context: CompileContext, place: Place, section: string, source: JsonObject): CompiledNode {
  const fields = Object.entries(source).map(
    ([key, each]) => [key, leaf(context, [...place, key], section, key, each)] as const,
  );
  return (scope) => {
    const columns = fields.map(([key, node]) => [key, node(scope)] as const);
    const count = Math.max(0, ...columns.map(([, column]) => column.length));
    return Array.from({ length: count }, (_, row) => {
      const cells = columns.map(([key, column]) => [key, column.length === 1 ? column[0] : column[row]] as const);
      return Object.fromEntries(cells.filter((cell): cell is readonly [string, JsonValue] => cell[1] !== undefined));
    });
  };
}

import { type Scope } from '../expression/scope.ts';
import { allTexts, type CompiledValue, looksLikeCall, singleText } from '../expression/value.ts';
import { asMany, type ObjectKind, type OneOrMany, type RefFile } from '../file/mapping-file.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json-value.ts';
import { type CaseRef, type ObjectRef, type SubjectRef } from '../wire-event.ts';
import { type CompileContext, type Place } from './compile-context.ts';

/** The objects that a rule names, each with its role; several when a path matches several ids. */
export type CompiledObjects = (scope: Scope, defaultRole: string) => readonly ObjectRef[];

const INLINE = ['system', 'type', 'id', 'instance', 'role', 'version_before', 'version_after', 'person'];

/**
 * Three ways to write it: `{order: $args.order_id}` by a kind under `objects`, the same with more fields
 * (`{order: {id: $args.order_id, role: read}}`), or in full (`{system: shop, type: order, id: $args.order_id}`);
 * and a list of these.
 */
export function compileObjects(
  context: CompileContext,
  place: Place,
  source: JsonValue | undefined,
  kinds: Readonly<Record<string, ObjectKind>>,
): CompiledObjects {
  const parts = asMany(source as OneOrMany<JsonValue> | undefined).flatMap((each, index) => {
    const at = Array.isArray(source) ? [...place, index] : place;
    if (!isJsonObject(each)) {
      context.problem(at, 'names an object by its kind and id, as in {order: $args.order_id}');
      return [];
    }
    return compileObject(context, at, each, kinds);
  });
  return (scope, defaultRole) => parts.flatMap((part) => part(scope, defaultRole));
}

function compileObject(
  context: CompileContext,
  place: Place,
  source: JsonObject,
  kinds: Readonly<Record<string, ObjectKind>>,
): CompiledObjects[] {
  if (Object.hasOwn(source, 'id') && (Object.hasOwn(source, 'type') || Object.hasOwn(source, 'system'))) {
    return [compileRef(context, place, source, undefined)];
  }
  return Object.entries(source).flatMap(([name, given]) => {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) {
      context.problem(
        [...place, name],
        `no kind of object of that name; objects has ${Object.keys(kinds).join(', ') || 'none'}`,
      );
      return [];
    }
    const full = isJsonObject(given) && !looksLikeCall(given) ? given : { id: given };
    return [compileRef(context, [...place, name], full, kind)];
  });
}

function compileRef(
  context: CompileContext,
  place: Place,
  source: JsonObject,
  kind: ObjectKind | undefined,
): CompiledObjects {
  for (const key of Object.keys(source)) {
    if (!INLINE.includes(key)) context.problem([...place, key], `unknown key; an object has ${INLINE.join(', ')}`);
  }
  const fields = context.values(place, source);
  const id = fields.get('id');
  if (id === undefined) context.problem(place, 'needs id: where the object is named');
  const person = kind?.person ?? source.person === true;
  return (scope, defaultRole) => {
    const system = singleText(fields.get('system'), scope) ?? kind?.system;
    const type = singleText(fields.get('type'), scope) ?? kind?.type;
    if (system === undefined || type === undefined || id === undefined) return [];
    const instance = singleText(fields.get('instance'), scope) ?? kind?.instance;
    const before = singleText(fields.get('version_before'), scope);
    const after = singleText(fields.get('version_after'), scope);
    const role = singleText(fields.get('role'), scope) ?? defaultRole;
    return [...new Set(allTexts(id, scope))].map((each) => ({
      system,
      type,
      id: each,
      role,
      ...(instance !== undefined && { instance }),
      ...(before !== undefined && { version_before: before }),
      ...(after !== undefined && { version_after: after }),
      ...(person && { person: true as const }),
    }));
  };
}

export type CompiledCases = (scope: Scope) => readonly CaseRef[];

export function compileCases(
  context: CompileContext,
  place: Place,
  source: OneOrMany<RefFile> | undefined,
  names?: readonly string[],
): CompiledCases {
  const compiled = asMany(source).map((each) => context.values(place, each, names));
  return (scope) =>
    compiled.flatMap((fields) => {
      const system = singleText(fields.get('system'), scope);
      const type = singleText(fields.get('type'), scope);
      const role = singleText(fields.get('role'), scope);
      if (system === undefined || type === undefined) return [];
      return idsOf(fields, scope).map((id) => ({ system, type, id, ...(role !== undefined && { role }) }));
    });
}

export type CompiledSubjects = (scope: Scope) => readonly SubjectRef[];

export function compileSubjects(
  context: CompileContext,
  place: Place,
  source: OneOrMany<RefFile> | undefined,
): CompiledSubjects {
  const compiled = asMany(source).map((each) => context.values(place, each));
  return (scope) =>
    compiled.flatMap((fields) => {
      const role = singleText(fields.get('role'), scope);
      const issuer = singleText(fields.get('issuer'), scope);
      return idsOf(fields, scope).map((id) => ({
        id,
        role: role ?? 'mentioned',
        ...(issuer !== undefined && { issuer }),
      }));
    });
}

function idsOf(fields: ReadonlyMap<string, CompiledValue>, scope: Scope): readonly string[] {
  const id = fields.get('id');
  return id === undefined ? [] : allTexts(id, scope);
}

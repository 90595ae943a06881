import { type CompiledCondition } from '../expression/condition.ts';
import { type CompiledPath } from '../expression/json-path.ts';
import { type Scope } from '../expression/scope.ts';
import { type CompiledValue, singleText } from '../expression/value.ts';
import { type ContentFile, type EmitFile, type MappingFile } from '../file/mapping-file.ts';
import { emitSections } from '../file/tool-schema.ts';
import { isJsonObject, type JsonValue } from '../json-value.ts';
import { type EventTypeEntry } from '@affidavit/contracts';
import { type CompileContext, type Place } from './compile-context.ts';
import { checkDetails, checkEventType } from './event-type.ts';
import {
  type CompiledCases,
  type CompiledObjects,
  type CompiledSubjects,
  compileCases,
  compileObjects,
  compileSubjects,
} from './refs.ts';
import { type CompiledTree, compileTree } from './tree.ts';

export interface CompiledContent {
  readonly role: string;
  readonly mediaType: string | undefined;
  readonly text: CompiledValue | undefined;
  readonly json: CompiledValue | undefined;
}

/** One rule that composes events from a tool call and its result. */
export interface CompiledEmit {
  readonly type: string;
  /** Sections that the type may carry, from the catalogue. */
  readonly takes: readonly string[];
  /** It says that something was written outside: it gets an effect id and an effect section. */
  readonly isEffect: boolean;
  readonly onlyIf: 'success' | 'failure' | 'always';
  readonly when: CompiledCondition;
  readonly forEach: { readonly path: CompiledPath; readonly as: string } | undefined;
  readonly effectKind: (scope: Scope) => string;
  /** The type must name an object: without one there is nothing to say. */
  readonly needsObject: boolean;
  readonly objects: CompiledObjects;
  /** The role of objects that name none themselves: the rule's, else what the type and the kind say. */
  readonly defaultRole: (scope: Scope) => string;
  readonly cases: CompiledCases;
  readonly subjects: CompiledSubjects;
  readonly status: CompiledValue | undefined;
  readonly code: CompiledValue | undefined;
  readonly content: readonly CompiledContent[];
  readonly labels: readonly CompiledValue[];
  readonly categories: readonly CompiledValue[];
  readonly details: CompiledTree | undefined;
  readonly ids: ReadonlyMap<string, CompiledValue>;
  readonly sections: ReadonlyMap<string, CompiledTree>;
}

export function compileEmit(context: CompileContext, place: Place, emit: EmitFile, file: MappingFile): CompiledEmit {
  const type = checkEventType(context, [...place, 'type'], emit.type);
  checkDetails(context, [...place, 'details'], emit.details, type);
  const forEach = emit.for_each;
  const kind = context.value([...place, 'kind'], emit.kind);
  const role = context.value([...place, 'role'], emit.role);
  const effectKind = (scope: Scope): string =>
    singleText(kind, scope) ?? (kind === undefined ? kindOf(emit.type) : 'unknown');
  const ids = Object.fromEntries(
    ['decision_id', 'approval_id'].filter((key) => emit[key] !== undefined).map((key) => [key, emit[key] as JsonValue]),
  );
  return {
    type: emit.type,
    takes: type?.sections ?? [],
    isEffect: type?.phase === 'effect' && type.sections.includes('effect'),
    onlyIf: emit.only_if ?? 'always',
    when: emit.when === undefined ? () => true : context.condition([...place, 'when'], emit.when),
    forEach:
      forEach === undefined
        ? undefined
        : { path: context.path([...place, 'for_each', 'path'], forEach.path), as: forEach.as },
    effectKind,
    needsObject: type?.required.includes('object_refs') ?? false,
    objects: compileObjects(context, [...place, 'object'], emit.object, file.objects ?? {}),
    defaultRole: (scope) => singleText(role, scope) ?? roleOf(emit.type, effectKind(scope)),
    cases: compileCases(context, [...place, 'case'], emit.case),
    subjects: compileSubjects(context, [...place, 'subject'], emit.subject),
    status: context.value([...place, 'outcome', 'status'], emit.outcome?.status),
    code: context.value([...place, 'outcome', 'code'], emit.outcome?.code),
    content: (emit.content ?? []).map((each, index) => compileContent(context, [...place, 'content', index], each)),
    labels: compileList(context, [...place, 'labels'], emit.labels),
    categories: compileList(context, [...place, 'categories'], emit.categories),
    details:
      emit.details === undefined ? undefined : compileTree(context, [...place, 'details'], 'details', emit.details),
    ids: context.values(place, ids),
    sections: compileSections(context, place, emit, type),
  };
}

function kindOf(type: string): string {
  switch (type) {
    case 'message.sent':
      return 'send';
    case 'process.triggered':
      return 'trigger';
    case 'object.change.reverted':
      return 'revert';
    default:
      return 'update';
  }
}

function roleOf(type: string, kind: string): string {
  if (type === 'object.read') return 'read';
  if (!type.startsWith('object.')) return 'subject';
  switch (kind) {
    case 'create':
      return 'created';
    case 'delete':
      return 'deleted';
    case 'send':
      return 'sent';
    case 'update':
    case 'revert':
      return 'updated';
    default:
      return 'subject';
  }
}

function compileSections(
  context: CompileContext,
  place: Place,
  emit: EmitFile,
  type: EventTypeEntry | undefined,
): ReadonlyMap<string, CompiledTree> {
  const sections = new Map<string, CompiledTree>();
  for (const name of emitSections) {
    const source = emit[name];
    if (isJsonObject(source) && type?.sections.includes(name) === false) {
      context.problem(
        [...place, name],
        `${emit.type} has no section ${name}; it has ${type.sections.join(', ') || 'none'}`,
      );
    } else if (isJsonObject(source)) sections.set(name, compileTree(context, [...place, name], name, source));
  }
  return sections;
}

export function compileContent(context: CompileContext, place: Place, source: ContentFile): CompiledContent {
  if ((source.text === undefined) === (source.json === undefined))
    context.problem(place, 'needs exactly one of text and json');
  return {
    role: source.role,
    mediaType: source.media_type,
    text: context.value([...place, 'text'], source.text),
    json: context.value([...place, 'json'], source.json),
  };
}

export function compileList(
  context: CompileContext,
  place: Place,
  source: readonly JsonValue[] | undefined,
): readonly CompiledValue[] {
  return (source ?? []).map((each, index) => context.value([...place, index], each) ?? (() => []));
}

import { JSONPathEnvironment, type JSONPathQuery } from 'json-p3';
import { limits } from '../limits.ts';
import { RecordError } from '../record-error.ts';
import { type JsonValue } from '../json-value.ts';
import { type Scope } from './scope.ts';

/** One environment for all mappings: strict RFC 9535, less the two functions whose work has no bound. */
const environment = new JSONPathEnvironment({ strict: true, maxRecursionDepth: 100 });
// I-Regexp patterns run on JavaScript's backtracking engine: a pattern and a hostile text could hold the import
// forever.
environment.functionRegister.delete('match');
environment.functionRegister.delete('search');

type JsonInput = Parameters<JSONPathQuery['lazyQuery']>[0];

const ROOT = /^\$([a-z_][a-z0-9_]*)?(?=$|[.[])/;

export interface CompiledPath {
  readonly text: string;
  /** Name of the root without its `$`; empty for the record itself. */
  readonly root: string;
  /** All matches in document order; none when the root is not there. Throws RecordError above the limit. */
  readonly matches: (scope: Scope) => readonly JsonValue[];
  /** All matches in one value, without a limit: for the records of a file. */
  readonly within: (document: JsonValue) => readonly JsonValue[];
}

/** A string of a mapping that starts with `$` is a path. */
export function looksLikePath(text: string): boolean {
  return text.startsWith('$');
}

/** Compiles `$args.items[*].id`. Throws SyntaxError with a sentence for the author of the mapping. */
export function compilePath(text: string): CompiledPath {
  const found = ROOT.exec(text);
  if (found === null) {
    throw new SyntaxError(
      `"${text}" is not a path: it starts with $, $args, $result, $env, $message or a for_each name, then . or [`,
    );
  }
  const root = found[1] ?? '';
  const query = compileQuery(text, `$${text.slice(found[0].length)}`);
  return {
    text,
    root,
    matches: (scope) => matchesOf(text, root, query, scope),
    within: (document) => Array.from(query.lazyQuery(document as JsonInput), (node) => node.value as JsonValue),
  };
}

function compileQuery(text: string, standard: string): JSONPathQuery {
  try {
    return environment.compile(standard);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = /\b(match|search)\b/.test(text)
      ? ' (match() and search() are not available in mappings: their work has no bound)'
      : '';
    throw new SyntaxError(`"${text}" is not a JSONPath (RFC 9535): ${reason}${hint}`, { cause: error });
  }
}

function matchesOf(text: string, root: string, query: JSONPathQuery, scope: Scope): readonly JsonValue[] {
  const start = scope.roots.get(root);
  if (start === undefined) return [];
  const values: JsonValue[] = [];
  for (const node of query.lazyQuery(start.value as JsonInput)) {
    if (values.length >= limits.pathMatches) {
      throw new RecordError(
        'record_work_exceeded',
        `the path ${text} matches more than ${String(limits.pathMatches)} values`,
      );
    }
    values.push(node.value as JsonValue);
    if (start.at !== undefined) scope.onRead?.([...start.at, ...node.location]);
  }
  return values;
}

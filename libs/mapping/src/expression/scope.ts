import { type JsonValue } from '../json-value.ts';

/** A value that paths start from, and where it lies in the record (undefined: not inside it). */
export interface Root {
  readonly value: JsonValue;
  readonly at?: readonly (string | number)[];
}

/** Told of every place of the record that an expression read: `map test` lists what nothing read. */
export type ReadListener = (location: readonly (string | number)[]) => void;

/**
 * What an expression sees: roots by name (`` is `$`, `args` is `$args`) and the plain names of templates (`{run}`).
 * Scopes are never changed, only extended.
 */
export interface Scope {
  readonly roots: ReadonlyMap<string, Root>;
  readonly names: ReadonlyMap<string, string | number>;
  readonly onRead?: ReadListener;
}

export function withRoots(scope: Scope, roots: Readonly<Record<string, Root | undefined>>): Scope {
  const next = new Map(scope.roots);
  for (const [name, root] of Object.entries(roots)) {
    if (root === undefined) next.delete(name);
    else next.set(name, root);
  }
  return { ...scope, roots: next };
}

export function withNames(scope: Scope, names: Readonly<Record<string, string | number>>): Scope {
  return { ...scope, names: new Map([...scope.names, ...Object.entries(names)]) };
}

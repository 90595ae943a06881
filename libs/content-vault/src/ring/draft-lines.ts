import { type KeyIndex, scopeName } from './key-index.ts';
import { type KeyLine } from './key-line.ts';
import { type KeyScope } from './key-ring.ts';

/** A scope that needs a key, and whose content it will seal. */
export interface KeyRequest {
  readonly scope: KeyScope;
  readonly subjects: readonly string[];
}

/** One request a scope: a run's bodies come together, each with subjects of its own. */
function byScope(group: readonly KeyRequest[]): Iterable<KeyRequest> {
  const merged = new Map<string, { readonly scope: KeyScope; readonly subjects: Set<string> }>();
  for (const { scope, subjects } of group) {
    const name = scopeName(scope);
    const known = merged.get(name);
    if (known === undefined) merged.set(name, { scope, subjects: new Set(subjects) });
    else for (const subject of subjects) known.subjects.add(subject);
  }
  return [...merged.values()].map(({ scope, subjects }) => ({ scope, subjects: [...subjects] }));
}

/**
 * What has to be appended so that every scope has a key that names its subjects; nothing for scopes that were
 * destroyed. One line a scope at most.
 */
export function draftLines(
  index: KeyIndex,
  group: readonly KeyRequest[],
  newKey: (request: KeyRequest) => KeyLine,
): KeyLine[] {
  const lines: KeyLine[] = [];
  for (const { scope, subjects } of byScope(group)) {
    if (index.isScopeDestroyed(scope)) continue;
    const entry = index.byScope(scope);
    if (entry === undefined) {
      lines.push(newKey({ scope, subjects }));
      continue;
    }
    const unknown = subjects.filter((subject) => !entry.subjects.has(subject));
    if (unknown.length > 0) lines.push({ type: 'subjects', key_id: entry.line.key_id, subjects: unknown });
  }
  return lines;
}

import { type KeyIndex, scopeName } from './key-index.ts';
import { type KeyLine } from './key-line.ts';
import { type KeyScope } from './key-ring.ts';

/** A scope that needs a key, and whose content it will seal. */
export interface KeyRequest {
  readonly scope: KeyScope;
  readonly subjects: readonly string[];
}

/**
 * What has to be appended so that every scope has a key that names its subjects; nothing for scopes that were
 * destroyed.
 */
export function draftLines(
  index: KeyIndex,
  group: readonly KeyRequest[],
  newKey: (request: KeyRequest) => KeyLine,
): KeyLine[] {
  const lines: KeyLine[] = [];
  const drafted = new Set<string>();
  for (const { scope, subjects } of group) {
    if (index.isScopeDestroyed(scope)) continue;
    const entry = index.byScope(scope);
    const name = scopeName(scope);
    if (entry === undefined) {
      // A second one for the same scope would do no harm: it carries its subjects and loses.
      if (drafted.has(name) && subjects.length === 0) continue;
      drafted.add(name);
      lines.push(newKey({ scope, subjects }));
    } else {
      const unknown = subjects.filter((subject) => !entry.subjects.has(subject));
      if (unknown.length > 0)
        lines.push({ type: 'subjects', key_id: entry.line.key_id, subjects: [...new Set(unknown)] });
    }
  }
  return lines;
}

import { type KeyLine, type NewKeyLine } from './key-line.ts';
import { type KeyScope } from './key-ring.ts';

export interface KeyEntry {
  readonly line: Omit<NewKeyLine, 'type' | 'subjects' | 'created_at'>;
  readonly scope: KeyScope;
  readonly subjects: Set<string>;
  /** Where the last line ends that says something about this scope: on disk up to here, everything of it is durable. */
  endOffset: number;
  destroyed: boolean;
}

/** The fold of keys.ndjson. Every process folds the same lines in the same order, so all agree on every scope's key. */
export class KeyIndex {
  readonly #byScope = new Map<string, KeyEntry>();
  readonly #byId = new Map<string, KeyEntry>();
  readonly #destroyedIds = new Set<string>();
  readonly #destroyedScopes = new Set<string>();

  apply(line: KeyLine, endOffset: number): void {
    switch (line.type) {
      case 'key':
        return this.#addKey(line, endOffset);
      case 'subjects': {
        const entry = this.#byId.get(line.key_id);
        if (entry !== undefined) addSubjects(entry, line.subjects, endOffset);
        return;
      }
      case 'destroyed': {
        const scope = { tenant_id: line.tenant_id, kind: line.scope_kind, id: line.scope_id } as KeyScope;
        this.#destroyedIds.add(line.key_id);
        this.#destroyedScopes.add(scopeName(scope));
        const entry = this.#byId.get(line.key_id);
        if (entry !== undefined) entry.destroyed = true;
      }
    }
  }

  byScope(scope: KeyScope): KeyEntry | undefined {
    return this.#byScope.get(scopeName(scope));
  }

  byId(keyId: string): KeyEntry | undefined {
    return this.#byId.get(keyId);
  }

  /** Also when the key's own line is gone from the file. */
  isDestroyed(keyId: string): boolean {
    return this.#destroyedIds.has(keyId);
  }

  isScopeDestroyed(scope: KeyScope): boolean {
    return this.#destroyedScopes.has(scopeName(scope));
  }

  /** Any living entry, to try the master key on. */
  anyLive(): KeyEntry | undefined {
    for (const entry of this.#byScope.values()) if (!entry.destroyed) return entry;
    return undefined;
  }

  #addKey(line: NewKeyLine, endOffset: number): void {
    const { key_id, tenant_id, scope_kind, scope_id, wrapped } = line;
    const scope = { tenant_id, kind: scope_kind, id: scope_id } as KeyScope;
    const name = scopeName(scope);
    const winner = this.#byScope.get(name);
    if (winner !== undefined) {
      // Lost the race, but its writer's subjects are this scope's as well.
      addSubjects(winner, line.subjects, endOffset);
      return;
    }
    const entry: KeyEntry = {
      line: { key_id, tenant_id, scope_kind, scope_id, wrapped },
      scope,
      subjects: new Set(line.subjects),
      endOffset,
      destroyed: this.#destroyedIds.has(key_id),
    };
    this.#byScope.set(name, entry);
    this.#byId.set(key_id, entry);
  }
}

function addSubjects(entry: KeyEntry, subjects: readonly string[], endOffset: number): void {
  for (const subject of subjects) {
    if (entry.subjects.has(subject)) continue;
    entry.subjects.add(subject);
    entry.endOffset = endOffset;
  }
}

/** Parts hold no zero byte: checked before a scope gets here. */
export const scopeName = (scope: KeyScope): string => `${scope.tenant_id}\0${scope.kind}\0${scope.id}`;

import type { CompatibilityLevel, RegisteredSchema, RegistryRecord } from './records.ts';

/** Stricter than Confluent's default of BACKWARD: whoever replays the log reads every version ever written. */
export const DEFAULT_LEVEL: CompatibilityLevel = 'BACKWARD_TRANSITIVE';

/** What the records read from the topic add up to. It changes by apply() only, never by a request. */
export class SubjectStore {
  readonly #subjects = new Map<string, Map<number, RegisteredSchema>>();
  readonly #textById = new Map<number, string>();
  readonly #idByText = new Map<string, number>();
  readonly #levels = new Map<string | null, CompatibilityLevel>();

  apply(record: RegistryRecord): void {
    if (record.keytype === 'CONFIG') {
      if (record.level === null) this.#levels.delete(record.subject);
      else this.#levels.set(record.subject, record.level);
    }
    if (record.keytype !== 'SCHEMA') return;
    const { subject, version, id, schema } = record.value;
    const versions = this.#subjects.get(subject) ?? new Map<number, RegisteredSchema>();
    versions.set(version, record.value);
    this.#subjects.set(subject, versions);
    this.#textById.set(id, schema);
    // A deleted schema keeps its id: records that carry it are still there.
    if (!this.#idByText.has(schema)) this.#idByText.set(schema, id);
  }

  subjects(): string[] {
    return [...this.#subjects.keys()].filter((subject) => this.versions(subject).length > 0).sort();
  }

  /** In order of version, without deleted ones; empty for an unknown subject. */
  versions(subject: string): RegisteredSchema[] {
    return [...(this.#subjects.get(subject)?.values() ?? [])]
      .filter(({ deleted }) => !deleted)
      .sort((a, b) => a.version - b.version);
  }

  textOf(id: number): string | undefined {
    return this.#textById.get(id);
  }

  usesOf(id: number): RegisteredSchema[] {
    return this.subjects().flatMap((subject) => this.versions(subject).filter((entry) => entry.id === id));
  }

  idOf(text: string): number | undefined {
    return this.#idByText.get(text);
  }

  nextId(): number {
    return Math.max(0, ...this.#textById.keys()) + 1;
  }

  /** Deleted versions count: a number is never given twice. */
  nextVersion(subject: string): number {
    return Math.max(0, ...(this.#subjects.get(subject)?.keys() ?? [])) + 1;
  }

  /** null is the global level. */
  levelOf(subject: string | null): CompatibilityLevel | undefined {
    return this.#levels.get(subject);
  }

  effectiveLevel(subject: string): CompatibilityLevel {
    return this.#levels.get(subject) ?? this.#levels.get(null) ?? DEFAULT_LEVEL;
  }
}

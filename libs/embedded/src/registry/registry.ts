import { canonicalText, incompatibilities } from './compatibility.ts';
import { isLevel, type CompatibilityLevel, type RegisteredSchema } from './records.ts';
import {
  incompatible,
  invalidCompatibility,
  invalidSchema,
  invalidVersion,
  noSubjectConfig,
  schemaNotFound,
  subjectNotFound,
  versionNotFound,
} from './registry-error.ts';
import type { SchemaLog } from './schema-log.ts';
import { DEFAULT_LEVEL, type SubjectStore } from './subject-store.ts';

/** The body with which a client names a schema. */
export interface SchemaRequest {
  readonly schema?: unknown;
  readonly schemaType?: unknown;
  readonly references?: unknown;
}

function textOf(request: SchemaRequest): string {
  if (typeof request.schema !== 'string') throw invalidSchema('"schema" must be a string');
  if ((request.schemaType ?? 'AVRO') !== 'AVRO') throw invalidSchema('this registry knows Avro only');
  if (Array.isArray(request.references) && request.references.length > 0)
    throw invalidSchema('this registry knows no references');
  return canonicalText(request.schema);
}

/** The registry's operations. One write at a time: ids and versions are counted from what was read back. */
export class Registry {
  readonly #store: SubjectStore;
  readonly #log: Pick<SchemaLog, 'write'>;
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(store: SubjectStore, log: Pick<SchemaLog, 'write'>) {
    this.#store = store;
    this.#log = log;
  }

  register(subject: string, request: SchemaRequest): Promise<{ id: number }> {
    const schema = textOf(request);
    return this.#alone(async () => {
      const versions = this.#store.versions(subject);
      const known = versions.find((entry) => entry.schema === schema);
      if (known) return { id: known.id };
      const reasons = incompatibilities(schema, versions, this.#store.effectiveLevel(subject));
      if (reasons.length > 0) throw incompatible(reasons);
      const id = this.#store.idOf(schema) ?? this.#store.nextId();
      await this.#log.write({
        keytype: 'SCHEMA',
        value: { subject, version: this.#store.nextVersion(subject), id, schema, deleted: false },
      });
      return { id };
    });
  }

  lookUp(subject: string, request: SchemaRequest): RegisteredSchema {
    const versions = this.#existing(subject);
    const schema = textOf(request);
    const found = versions.find((entry) => entry.schema === schema);
    if (!found) throw schemaNotFound();
    return found;
  }

  subjects(): string[] {
    return this.#store.subjects();
  }

  versions(subject: string): number[] {
    return this.#existing(subject).map(({ version }) => version);
  }

  version(subject: string, wanted: string): RegisteredSchema {
    const versions = this.#existing(subject);
    if (wanted !== 'latest' && wanted !== '-1' && !/^[1-9]\d{0,9}$/.test(wanted)) throw invalidVersion(wanted);
    const found =
      wanted === 'latest' || wanted === '-1'
        ? versions.at(-1)
        : versions.find(({ version }) => version === Number(wanted));
    if (!found) throw versionNotFound(wanted);
    return found;
  }

  schema(id: string): string {
    const text = /^\d{1,10}$/.test(id) ? this.#store.textOf(Number(id)) : undefined;
    if (text === undefined) throw schemaNotFound();
    return text;
  }

  uses(id: string): { subject: string; version: number }[] {
    this.schema(id);
    return this.#store.usesOf(Number(id)).map(({ subject, version }) => ({ subject, version }));
  }

  level(subject: string | null, orGlobal: boolean): CompatibilityLevel {
    const own = this.#store.levelOf(subject);
    if (own !== undefined) return own;
    if (subject !== null && !orGlobal) throw noSubjectConfig(subject);
    return subject === null ? DEFAULT_LEVEL : this.#store.effectiveLevel(subject);
  }

  async setLevel(subject: string | null, wanted: unknown): Promise<CompatibilityLevel> {
    const level = typeof wanted === 'string' ? wanted.toUpperCase() : wanted;
    if (!isLevel(level)) throw invalidCompatibility();
    await this.#alone(() => this.#log.write({ keytype: 'CONFIG', subject, level }));
    return level;
  }

  /** Against one version, or against all that the subject's level asks for when `version` is left out. */
  check(subject: string, request: SchemaRequest, version?: string): string[] {
    const schema = textOf(request);
    if (version === undefined)
      return incompatibilities(schema, this.#store.versions(subject), this.#store.effectiveLevel(subject));
    return incompatibilities(schema, [this.version(subject, version)], this.#store.effectiveLevel(subject));
  }

  #existing(subject: string): RegisteredSchema[] {
    const versions = this.#store.versions(subject);
    if (versions.length === 0) throw subjectNotFound(subject);
    return versions;
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#lastWrite.then(work);
    this.#lastWrite = mine.catch(() => undefined);
    return mine;
  }
}

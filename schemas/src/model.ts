import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';

/** One field of the model, parsed from its "type | meaning" line. */
export interface Field {
  readonly name: string;
  /** Name of a scalar type, an enum or a record; of the elements when `array`. */
  readonly type: string;
  readonly array: boolean;
  /** `?` on the type: a number or time that may be absent. */
  readonly nullable: boolean;
  /** `!`: the sender must give it. */
  readonly required: boolean;
  /** `~`: the collector fills it in. */
  readonly filled: boolean;
  readonly doc: string;
}

export type RecordKind = 'element' | 'record' | 'section';

export interface RecordModel {
  readonly name: string;
  readonly kind: RecordKind;
  readonly fields: readonly Field[];
}

export interface EventTypeModel {
  readonly type: string;
  readonly group: string;
  readonly topic: string;
  readonly senders: readonly ('connector' | 'service')[];
  readonly meaning: string;
  readonly phase: string;
  readonly required: readonly string[];
  readonly any_of: readonly string[];
  readonly sections: readonly string[];
  readonly details: Readonly<Record<string, string>>;
}

export interface PlaneRecord {
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly { readonly name: string; readonly type: string; readonly doc: string }[];
}

export interface ErrorCode {
  readonly code: string;
  readonly status: number | null;
  readonly place: 'answer' | 'item' | 'dead_letter' | 'operator';
  readonly retryable: boolean;
  readonly meaning: string;
}

export interface Model {
  readonly name: string;
  readonly namespace: string;
  readonly enums: ReadonlyMap<string, readonly string[]>;
  readonly records: ReadonlyMap<string, RecordModel>;
  readonly envelope: readonly Field[];
  readonly eventTypes: readonly EventTypeModel[];
  readonly planeRecords: readonly PlaneRecord[];
  readonly topics: readonly { readonly topic: string; readonly partitions: number; readonly record: string }[];
  readonly errorCodes: readonly ErrorCode[];
}

type Lines = Record<string, string>;

export function parseField(name: string, line: string): Field {
  const match = /^(\[)?(\w+)\]?([?!~]?) \| (.+)$/.exec(line);
  if (!match) throw new Error(`field ${name}: "${line}" is not "type | meaning"`);
  const [, array, type, mark, doc] = match as unknown as [string, string | undefined, string, string, string];
  return {
    name,
    type,
    array: array !== undefined,
    nullable: mark === '?',
    required: mark === '!',
    filled: mark === '~',
    doc,
  };
}

const fieldsOf = (lines: Lines): Field[] => Object.entries(lines).map(([name, line]) => parseField(name, line));

function read<T>(root: URL, file: string): T {
  return parse(readFileSync(new URL(file, root), 'utf8')) as T;
}

function loadEventTypes(root: URL): EventTypeModel[] {
  type Entry = Partial<EventTypeModel> & Pick<EventTypeModel, 'meaning' | 'phase'>;
  type File = { topic: string; senders: EventTypeModel['senders']; types: Record<string, Entry> };
  const files = readdirSync(new URL('event-types/', root))
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  return files.flatMap((name) => {
    const file = read<File>(root, `event-types/${name}`);
    return Object.entries(file.types).map(([type, entry]) => ({
      type,
      group: name.replace('.yaml', ''),
      topic: file.topic,
      senders: entry.senders ?? file.senders,
      meaning: entry.meaning,
      phase: entry.phase,
      required: entry.required ?? [],
      any_of: entry.any_of ?? [],
      sections: entry.sections ?? [],
      details: entry.details ?? {},
    }));
  });
}

function loadPlaneRecords(root: URL): PlaneRecord[] {
  type File = Record<string, { doc: string; fields: Record<string, [string, string]> }>;
  return Object.entries(read<File>(root, 'model/plane-records.yaml')).map(([name, { doc, fields }]) => ({
    name,
    doc,
    fields: Object.entries(fields).map(([field, [type, meaning]]) => ({ name: field, type, doc: meaning })),
  }));
}

function placeOf(entry: { item?: boolean; dead_letter?: boolean; operator?: boolean }): ErrorCode['place'] {
  if (entry.item) return 'item';
  if (entry.dead_letter) return 'dead_letter';
  return entry.operator ? 'operator' : 'answer';
}

function loadErrorCodes(root: URL): ErrorCode[] {
  type File = Record<
    string,
    { status?: number; item?: boolean; dead_letter?: boolean; operator?: boolean; retryable: boolean; meaning: string }
  >;
  return Object.entries(read<File>(root, 'error-codes.yaml')).map(([code, entry]) => ({
    code,
    status: entry.status ?? null,
    place: placeOf(entry),
    retryable: entry.retryable,
    meaning: entry.meaning,
  }));
}

/** Reads the whole contract from the folder `root` (URL with a trailing slash). */
export function loadModel(root: URL): Model {
  type File = { record: string; namespace: string; enums: Record<string, string[]>; envelope: Lines } & Record<
    `${RecordKind}s`,
    Record<string, Lines>
  >;
  const file = read<File>(root, 'model/audit-event.yaml');
  const records = new Map<string, RecordModel>();
  for (const kind of ['element', 'record', 'section'] as const) {
    for (const [name, lines] of Object.entries(file[`${kind}s`]))
      records.set(name, { name, kind, fields: fieldsOf(lines) });
  }
  const topics = Object.entries(read<Record<string, { partitions: number; record: string }>>(root, 'topics.yaml'));
  return {
    name: file.record,
    namespace: file.namespace,
    enums: new Map(Object.entries(file.enums)),
    records,
    envelope: fieldsOf(file.envelope),
    eventTypes: loadEventTypes(root),
    planeRecords: loadPlaneRecords(root),
    topics: topics.map(([topic, entry]) => ({ topic, ...entry })),
    errorCodes: loadErrorCodes(root),
  };
}

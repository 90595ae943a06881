import { randomBytes } from 'node:crypto';
import { AffidavitError } from '@affidavit/audit-model';
import { type ForwardedRecord } from '@affidavit/clickhouse';
import { frameHeaderBytes, readFrame, recordHash } from '@affidavit/schema-registry';
import { type LogRecord } from '../lane/log-record.ts';
import { type DeadLetterPort, type RecordSink, type UnprojectableRecord } from '../lane/ports.ts';
import { insertHalving } from './insert-halving.ts';
import { type SchemaPlan, type SchemaPlans } from './schema-plans.ts';

export interface EventSinkParts {
  readonly plans: SchemaPlans;
  readonly insert: (container: Uint8Array) => Promise<void>;
  readonly deadLetters: DeadLetterPort;
  readonly onInsert: (rows: number, duration_ms: number) => void;
}

interface Forwarded extends ForwardedRecord {
  readonly origin: LogRecord;
}

/** Events into `events`, and through its views into everything else: measured, put into a container, never decoded. */
export class EventSink implements RecordSink {
  readonly #parts: EventSinkParts;

  constructor(parts: EventSinkParts) {
    this.#parts = parts;
  }

  async project(records: readonly LogRecord[]): Promise<void> {
    const letters: UnprojectableRecord[] = [];
    const groups = new Map<SchemaPlan, Forwarded[]>();
    const plans = await this.#plansOf(records);
    for (const record of records) {
      const prepared = prepare(record, plans);
      if (prepared.status === 'unprojectable') {
        letters.push({ record, code: prepared.code, reason: prepared.reason });
        continue;
      }
      const group = groups.get(prepared.plan);
      if (group === undefined) groups.set(prepared.plan, [prepared.forwarded]);
      else group.push(prepared.forwarded);
    }
    // One insert per schema id, of which there is nearly always one.
    for (const [plan, group] of groups) {
      const refused = await insertHalving(group, (part) => this.#insert(plan, part));
      for (const { record, reason } of refused) letters.push({ record: record.origin, code: 'row_refused', reason });
    }
    if (letters.length > 0) await this.#parts.deadLetters.write(letters);
  }

  async #insert(plan: SchemaPlan, records: readonly Forwarded[]): Promise<void> {
    const start = performance.now();
    await this.#parts.insert(plan.container.encode(records, randomBytes(16)));
    this.#parts.onInsert(records.length, performance.now() - start);
  }

  /** A plan for every schema id of the batch; a registry that is away makes the whole batch wait. */
  async #plansOf(records: readonly LogRecord[]): Promise<ReadonlyMap<number, Planned>> {
    const plans = new Map<number, Planned>();
    for (const { value } of records) {
      const id = value !== null && value.length >= frameHeaderBytes ? value.readInt32BE(1) : undefined;
      if (id === undefined || plans.has(id)) continue;
      plans.set(id, await this.#planOf(id));
    }
    return plans;
  }

  async #planOf(id: number): Promise<Planned> {
    try {
      return await this.#parts.plans.planOf(id);
    } catch (error) {
      if (error instanceof AffidavitError && error.code === 'schema_unknown') return 'unknown';
      throw error;
    }
  }
}

type Planned = SchemaPlan | 'not_an_event' | 'unknown';

type Prepared =
  | { readonly status: 'forwarded'; readonly plan: SchemaPlan; readonly forwarded: Forwarded }
  | { readonly status: 'unprojectable'; readonly code: string; readonly reason: string };

function prepare(origin: LogRecord, plans: ReadonlyMap<number, Planned>): Prepared {
  const { topic, partition, offset, timestamp_ms, value } = origin;
  if (value === null || value.length < frameHeaderBytes || value[0] !== 0)
    return unprojectable('frame_invalid', 'the value has no Confluent wire header');
  const { schemaId, body } = readFrame(value);
  const plan = plans.get(schemaId) ?? 'unknown';
  if (plan === 'unknown') return unprojectable('schema_unknown', `the registry has no schema with id ${schemaId}`);
  if (plan === 'not_an_event') return unprojectable('record_undecodable', `schema ${schemaId} is of another record`);
  if (!plan.length.fits(body))
    return unprojectable('record_undecodable', `${body.length} bytes are not exactly one record of schema ${schemaId}`);
  return {
    status: 'forwarded',
    plan,
    forwarded: {
      origin,
      topic,
      partition,
      offset,
      timestamp_ms,
      schema_id: schemaId,
      record_hash: recordHash(value),
      body,
    },
  };
}

function unprojectable(code: string, reason: string): Prepared {
  return { status: 'unprojectable', code, reason };
}

import { kafkaKey, runKeyOf, type LruMap } from '@affidavit/audit-model';
import { type AuditEvent, type ContentRecord } from '@affidavit/contracts';
import {
  type Appended,
  type GapLedger,
  type LogItem,
  type LogWriter,
  type PlannedEvent,
  type StreamNumbers,
} from '@affidavit/intake';

interface Encoder<T> {
  encode(record: T): Uint8Array;
}

export interface RecordWriterParts {
  readonly log: LogWriter;
  readonly events: Encoder<AuditEvent>;
  readonly contents: Encoder<ContentRecord>;
  readonly numbers: StreamNumbers;
  readonly gaps: GapLedger;
  /** Contents that were acknowledged a short while ago, by tenant and `content_id`. */
  readonly recentContents: LruMap<string, true>;
}

const CONTENT_TOPIC = 'audit.content.v1';
/** Beside the ciphertext: ids and the wire header. */
const CONTENT_OVERHEAD_BYTES = 1_024;

/** Brings planned events and sealed bodies into the log: here is where an event gets its number and its bytes. */
export class RecordWriter {
  readonly #parts: RecordWriterParts;
  /** A body on its way: whoever needs the same one waits for it instead of sending it again. */
  readonly #underway = new Map<string, Promise<void>>();

  constructor(parts: RecordWriterParts) {
    this.#parts = parts;
  }

  /** Resolves when the body is acknowledged, now or a short while ago. Equal bodies of one scope are sent once. */
  content(record: ContentRecord): Promise<void> {
    const key = `${record.tenant_id}\u0000${record.scope_kind}\u0000${record.content_id}`;
    if (this.#parts.recentContents.get(key)) return Promise.resolve();
    const underway = this.#underway.get(key);
    if (underway) return underway;
    const item: LogItem = {
      topic: CONTENT_TOPIC,
      key: Buffer.from(kafkaKey(record.tenant_id, record.scope_id), 'utf8'),
      approximate_bytes: record.ciphertext.length + CONTENT_OVERHEAD_BYTES,
      stamp: () => this.#parts.contents.encode(record),
    };
    const sent = this.#parts.log.append([[item]]).then(() => this.#parts.recentContents.set(key, true));
    const settled = sent.finally(() => this.#underway.delete(key));
    this.#underway.set(key, settled);
    return settled;
  }

  /**
   * The places of the events, in order, when all of them are acknowledged. The caller MUST have awaited `content` for
   * every body that they name. Calls made in the same tick reach the log in the order of the calls.
   */
  async events(planned: readonly PlannedEvent[]): Promise<readonly Appended[]> {
    const [places = []] = await this.#parts.log.append([planned.map((event) => this.#item(event))]);
    return places;
  }

  #item({ topic, record, approximate_bytes }: PlannedEvent): LogItem {
    const { tenant_id, stream_id } = record;
    const key = Buffer.from(kafkaKey(tenant_id, runKeyOf(record)), 'utf8');
    if (record.seq_origin !== 'collector')
      return { topic, key, approximate_bytes, stamp: () => this.#parts.events.encode(record) };
    let seq = 0;
    return {
      topic,
      key,
      approximate_bytes,
      stamp: () =>
        this.#parts.numbers.take(tenant_id, stream_id, (next) => {
          seq = next;
          return this.#parts.events.encode({ ...record, seq });
        }),
      notAcknowledged: () => this.#parts.gaps.burn(tenant_id, stream_id, seq),
    };
  }
}

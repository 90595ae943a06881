import { AffidavitError } from '@affidavit/audit-model';
import { type RowValue } from '@affidavit/clickhouse';
import { type ContentRecord } from '@affidavit/contracts';
import { type ContentVault } from '@affidavit/intake';
import { isDeadLetterError } from '../dead-letters/dead-letter-code.ts';
import { classify, describe } from '../events/refusal.ts';
import { type LogRecord } from '../lane/log-record.ts';
import { type DeadLetterPort, type RecordSink, type UnprojectableRecord } from '../lane/ports.ts';
import { bodyRow, directoryRow, isDirectoryEntry } from './content-rows.ts';

export interface ContentSinkParts {
  /** Rejects with `frame_invalid`, `schema_unknown` or `record_undecodable`, or retryably. */
  readonly decode: (value: Uint8Array) => Promise<ContentRecord>;
  readonly vault: Pick<ContentVault, 'open'>;
  readonly insertBodies: (rows: readonly (readonly RowValue[])[]) => Promise<void>;
  readonly insertDirectory: (rows: readonly (readonly RowValue[])[]) => Promise<void>;
  readonly deadLetters: DeadLetterPort;
  readonly now: () => number;
  readonly onErased: () => void;
}

/** A key that the ring does not have yet may be on its way; one that stays away is a forged or lost one. */
const keyPatienceMs = 60_000;

/** Decrypted bodies into their table, people into the directory. An erased body leaves nothing: its key is gone. */
export class ContentSink implements RecordSink {
  readonly #parts: ContentSinkParts;
  /** Since when a key has been missing. */
  readonly #missingSince = new Map<string, number>();

  constructor(parts: ContentSinkParts) {
    this.#parts = parts;
  }

  async project(records: readonly LogRecord[]): Promise<void> {
    const bodies: RowValue[][] = [];
    const people: RowValue[][] = [];
    const letters: UnprojectableRecord[] = [];
    for (const record of records) {
      const outcome = await this.#read(record);
      switch (outcome.status) {
        case 'body':
          bodies.push(outcome.row);
          break;
        case 'person':
          people.push(outcome.row);
          break;
        case 'erased':
          this.#parts.onErased();
          break;
        case 'unprojectable':
          letters.push({ record, code: outcome.code, reason: outcome.reason });
          break;
      }
    }
    await taken(() => this.#parts.insertBodies(bodies));
    await taken(() => this.#parts.insertDirectory(people));
    if (letters.length > 0) await this.#parts.deadLetters.write(letters);
  }

  async #read(record: LogRecord): Promise<ContentOutcome> {
    try {
      if (record.value === null)
        return { status: 'unprojectable', code: 'frame_invalid', reason: 'the record has no value' };
      const content = await this.#parts.decode(record.value);
      const body = await this.#open(content);
      if (body === null) return { status: 'erased' };
      if (!isDirectoryEntry(content)) return { status: 'body', row: bodyRow(record, content, body) };
      const row = directoryRow(record, content, body);
      return row === undefined
        ? { status: 'unprojectable', code: 'record_undecodable', reason: 'a directory entry of another form' }
        : { status: 'person', row };
    } catch (error) {
      if (!isDeadLetterError(error)) throw error;
      return { status: 'unprojectable', code: error.code, reason: error.message };
    }
  }

  async #open(content: ContentRecord): Promise<Uint8Array | null> {
    try {
      const body = await this.#parts.vault.open(content);
      this.#missingSince.delete(content.key_id);
      return body;
    } catch (error) {
      if (!(error instanceof AffidavitError) || error.code !== 'key_unknown') throw error;
      const since = this.#missingSince.get(content.key_id) ?? this.#parts.now();
      this.#missingSince.set(content.key_id, since);
      if (this.#parts.now() - since < keyPatienceMs) throw error;
      throw new AffidavitError('content_undecryptable', 'the key ring has no key of this id', { cause: error });
    }
  }
}

type ContentOutcome =
  | { readonly status: 'body'; readonly row: RowValue[] }
  | { readonly status: 'person'; readonly row: RowValue[] }
  | { readonly status: 'erased' }
  | { readonly status: 'unprojectable'; readonly code: string; readonly reason: string };

/** Rows of ours are well-formed by construction: what the server refuses for good is a defect, not a bad record. */
export async function taken(insert: () => Promise<void>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (classify(error) !== 'passing')
      throw new AffidavitError('store_refused', `ClickHouse refused the insert: ${describe(error)}`, { cause: error });
    throw new AffidavitError('store_unavailable', `ClickHouse did not take the insert: ${describe(error)}`, {
      retryable: true,
      cause: error,
    });
  }
}

import { type LogRecord, type NextOffset, partitionName } from '../lane/log-record.ts';
import { type PositionStore, type RecordSink } from '../lane/ports.ts';

/** How a write of the store can go wrong: not done, or done and reported as failed. */
export type StoreFault = 'lost' | 'done_but_failed' | 'half_done';

/** Thrown by a faulty store: what a process meets right before it is killed. */
export class Killed extends Error {}

/**
 * ClickHouse as far as the read rule sees it: rows may be there twice, positions only grow, readers see each log record
 * before the watermark once and of each event the first copy.
 */
export class InMemoryStore {
  readonly #rows: LogRecord[] = [];
  readonly #positions = new Map<string, NextOffset>();
  readonly faults: { on: 'rows' | 'positions'; fault: StoreFault }[] = [];

  readonly sink: RecordSink = {
    project: async (records) => {
      const fault = this.#fault('rows');
      if (fault === 'half_done') this.#rows.push(...records.filter((_, i) => i % 2 === 0));
      if (fault === undefined || fault === 'done_but_failed') this.#rows.push(...records);
      await Promise.resolve();
      if (fault !== undefined) throw new Killed('rows');
    },
  };

  readonly positions: PositionStore = {
    read: () => Promise.resolve([...this.#positions.values()]),
    write: async (positions) => {
      const fault = this.#fault('positions');
      if (fault !== 'lost') {
        const done = fault === 'half_done' ? positions.slice(0, 1) : positions;
        for (const position of done) {
          const known = this.#positions.get(partitionName(position));
          if (known === undefined || known.next_offset < position.next_offset)
            this.#positions.set(partitionName(position), position);
        }
      }
      await Promise.resolve();
      if (fault !== undefined) throw new Killed('positions');
    },
  };

  /**
   * `event id → topic/partition/offset` as a reader sees it; the event's id is the value. Checks that no record is
   * missing.
   */
  visible(): Map<string, string> {
    const seen = new Map<string, LogRecord>();
    for (const row of this.#rows) {
      if (row.offset >= (this.#positions.get(partitionName(row))?.next_offset ?? 0n)) continue;
      const id = row.value!.toString();
      const known = seen.get(id);
      if (known === undefined || before(row, known)) seen.set(id, row);
    }
    for (const [name, { next_offset }] of this.#positions) {
      const offsets = new Set(this.#rows.filter((row) => partitionName(row) === name).map(({ offset }) => offset));
      for (let offset = 0n; offset < next_offset; offset += 1n)
        if (!offsets.has(offset)) throw new Error(`${name} shows a hole at ${offset}`);
    }
    return new Map([...seen].map(([id, row]) => [id, `${partitionName(row)}/${row.offset}`]));
  }

  nextOf(name: string): bigint {
    return this.#positions.get(name)?.next_offset ?? 0n;
  }

  #fault(on: 'rows' | 'positions'): StoreFault | undefined {
    return this.faults[0]?.on === on ? this.faults.shift()!.fault : undefined;
  }
}

function before(a: LogRecord, b: LogRecord): boolean {
  if (a.timestamp_ms !== b.timestamp_ms) return a.timestamp_ms < b.timestamp_ms;
  if (a.partition !== b.partition) return a.partition < b.partition;
  return a.offset < b.offset;
}

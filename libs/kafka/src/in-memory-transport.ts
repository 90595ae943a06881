import { type LogTransport, type OutgoingRecord, type Placed } from './log-transport.ts';

/** What a send shall meet: the two ways in which a write can go wrong, or a wait until `release`. */
export type SendFault = 'lost' | 'stored_but_reported_as_failed';

/** A log in memory for unit tests; it keeps the transport's contract, one outstanding send included. */
export class InMemoryTransport implements LogTransport {
  readonly #topics: ReadonlyMap<string, number>;
  readonly #partitions = new Map<string, OutgoingRecord[]>();
  readonly #faults: SendFault[] = [];
  readonly #now: () => number;
  #gate: Promise<void> | undefined;
  #open: (() => void) | undefined;
  #outstanding = 0;
  /** The number of records in each send so far. */
  readonly sends: number[] = [];
  available = true;

  constructor(topics: Readonly<Record<string, number>>, now: () => number = () => 0) {
    this.#topics = new Map(Object.entries(topics));
    this.#now = now;
  }

  /** The next sends meet these faults, one each. */
  failNext(...faults: SendFault[]): void {
    this.#faults.push(...faults);
  }

  /** Sends wait until `release`, as if the broker had stopped answering. */
  hold(): void {
    this.#gate = new Promise((resolve) => (this.#open = resolve));
  }

  release(): void {
    this.#open?.();
    this.#gate = undefined;
  }

  stored(topic: string, partition: number): readonly OutgoingRecord[] {
    return this.#partitions.get(`${topic}/${partition}`) ?? [];
  }

  allStored(): readonly OutgoingRecord[] {
    return [...this.#partitions.values()].flat();
  }

  partitionCount(topic: string): Promise<number | undefined> {
    return this.available ? Promise.resolve(this.#topics.get(topic)) : Promise.reject(new Error('away'));
  }

  async send(records: readonly OutgoingRecord[]): Promise<Placed[]> {
    this.#outstanding += 1;
    if (this.#outstanding > 1) throw new Error('a second outstanding send');
    try {
      await this.#gate;
      if (!this.available) throw new Error('away');
      const fault = this.#faults.shift();
      if (fault === 'lost') throw new Error('lost');
      this.sends.push(records.length);
      const places = records.map((record) => this.#store(record));
      if (fault === 'stored_but_reported_as_failed') throw new Error('response lost');
      return places;
    } finally {
      this.#outstanding -= 1;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #store(record: OutgoingRecord): Placed {
    const name = `${record.topic}/${record.partition}`;
    const log = this.#partitions.get(name) ?? [];
    this.#partitions.set(name, log);
    log.push(record);
    return { offset: BigInt(log.length - 1), timestamp_ms: this.#now() };
  }
}

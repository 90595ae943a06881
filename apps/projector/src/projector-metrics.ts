import { type Metrics } from '@affidavit/service-kit';
import { type TopicPartition } from './lane/log-record.ts';

/** What the projector counts. Labels are lanes, topics, partitions and codes. */
export class ProjectorMetrics {
  readonly #lag;
  readonly #records;
  readonly #cycle;
  readonly #insert;
  readonly #retries;
  readonly #deadLetters;
  readonly #erased;

  constructor(metrics: Metrics) {
    const buckets = [5, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000];
    this.#lag = metrics.gauge('affidavit_projector_lag_records', 'Records in the log that are not projected yet', [
      'topic',
      'partition',
    ]);
    this.#records = metrics.counter(
      'affidavit_projector_records_total',
      'Records brought to their end: rows, dead letters, erased bodies',
      ['lane'],
    );
    this.#cycle = metrics.histogram(
      'affidavit_projector_cycle_ms',
      'From a gathered batch to its written position',
      buckets,
      ['lane'],
    );
    this.#insert = metrics.histogram('affidavit_projector_insert_ms', 'One insert of events', buckets);
    this.#retries = metrics.counter('affidavit_projector_retries_total', 'Cycles that were repeated', ['lane', 'code']);
    this.#deadLetters = metrics.counter(
      'affidavit_projector_dead_letters_total',
      'Records that could not be projected',
      ['code'],
    );
    this.#erased = metrics.counter(
      'affidavit_projector_erased_bodies_total',
      'Bodies whose key was destroyed before they were projected',
    );
  }

  lag({ topic, partition }: TopicPartition, records: number): void {
    this.#lag.set({ topic, partition: String(partition) }, records);
  }

  batch(lane: string, { records, duration_ms }: { readonly records: number; readonly duration_ms: number }): void {
    this.#records.inc({ lane }, records);
    this.#cycle.observe({ lane }, duration_ms);
  }

  insert(durationMs: number): void {
    this.#insert.observe(durationMs);
  }

  retry(lane: string, code: string): void {
    this.#retries.inc({ lane, code });
  }

  deadLetter(code: string): void {
    this.#deadLetters.inc({ code });
  }

  erased(): void {
    this.#erased.inc();
  }
}

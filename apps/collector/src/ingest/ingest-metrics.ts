import { type Metrics } from '@affidavit/service-kit';
import { type ItemError } from './answer.ts';

/** Labels are codes from the closed list only: never ids, sources or anything else that came in. */
export class IngestMetrics {
  readonly #accepted;
  readonly #refused;
  readonly #masked;
  readonly #lost;
  #acceptedTotal = 0;
  #rejectedTotal = 0;

  constructor(metrics: Metrics) {
    this.#accepted = metrics.counter('affidavit_collector_accepted_total', 'Events that the log acknowledged');
    this.#refused = metrics.counter('affidavit_collector_refused_total', 'Items that got an error, by its code', [
      'code',
    ]);
    this.#masked = metrics.counter('affidavit_collector_masked_total', 'Events in whose content a secret was masked');
    this.#lost = metrics.counter(
      'affidavit_collector_own_events_lost_total',
      'Own events that were given up: a defect, the log has the details',
      ['kind', 'code'],
    );
  }

  get totals(): { readonly accepted: number; readonly rejected: number } {
    return { accepted: this.#acceptedTotal, rejected: this.#rejectedTotal };
  }

  count(accepted: number, errors: readonly ItemError[]): void {
    this.#acceptedTotal += accepted;
    this.#accepted.inc(accepted);
    for (const { code, retryable } of errors) {
      if (!retryable) this.#rejectedTotal += 1;
      this.#refused.inc({ code });
    }
  }

  masked(events: number): void {
    this.#masked.inc(events);
  }

  ownLost(kind: string, code: string): void {
    this.#lost.inc({ kind, code });
  }
}

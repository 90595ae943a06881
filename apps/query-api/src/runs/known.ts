import { canonicalJson } from '@affidavit/audit-model';

/**
 * A value that changes in the course of a run, such as the policy set in force: what of it was known at a given moment.
 * It was known from when the event that says it was observed, and later events override earlier ones as far as they
 * were known, too.
 */
export class KnownValue<T> {
  readonly #values: { readonly known_at: string; readonly value: T }[] = [];

  /** In the order in which the events happened. */
  add(known_at: string, value: T): void {
    const last = this.#values.at(-1);
    if (last !== undefined && last.known_at <= known_at && canonicalJson(last.value) === canonicalJson(value)) return;
    this.#values.push({ known_at, value });
  }

  at(moment: string): T | null {
    return this.#values.findLast(({ known_at }) => known_at <= moment)?.value ?? null;
  }
}

/** When each earlier event became known: how many were not yet, at a given moment. */
export class KnownEvents {
  /** Sorted by time; late ones are put in their place, the others at the end. */
  readonly #times: { readonly known_at: string; readonly event_id: string }[] = [];

  add(known_at: string, event_id: string): void {
    this.#times.splice(this.#firstAfter(known_at), 0, { known_at, event_id });
  }

  /** Those that became known only after the moment, the soonest first. */
  after(moment: string, listed: number): { readonly count: number; readonly event_ids: readonly string[] } {
    const from = this.#firstAfter(moment);
    return {
      count: this.#times.length - from,
      event_ids: this.#times.slice(from, from + listed).map(({ event_id }) => event_id),
    };
  }

  get size(): number {
    return this.#times.length;
  }

  #firstAfter(moment: string): number {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle]?.known_at ?? '') <= moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The answer of `POST /v1/events`, in the wire's names. */
export interface Receipt {
  readonly index: number;
  readonly event_id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly record_hash: string;
  /** True when this connector's `event_id` was acknowledged before; best effort: false proves nothing. */
  readonly duplicate: boolean;
  /**
   * Present when this connector had said something else under this `event_id` before: the record contradicts that event
   * and is in no count. Best effort: absence proves nothing.
   */
  readonly conflict?: true;
}

export interface ItemError {
  readonly index: number;
  readonly event_id: string | null;
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly retryable: boolean;
}

export interface IngestAnswer {
  readonly accepted: number;
  readonly rejected: number;
  readonly receipts: readonly Receipt[];
  readonly errors: readonly ItemError[];
}

/**
 * Waiting may help any of these, so a client MUST send all again: OTLP and plain clients alike retry on 429 and 503
 * only.
 */
export function statusOf(answer: IngestAnswer): 200 | 207 | 422 | 429 | 500 | 503 {
  const retryable = answer.errors.filter((error) => error.retryable);
  if (retryable.length > 0) return retryable.every((error) => error.code === 'log_full') ? 429 : 503;
  if (answer.errors.length === 0) return 200;
  if (answer.accepted > 0) return 207;
  return answer.errors.every((error) => error.code === 'internal') ? 500 : 422;
}

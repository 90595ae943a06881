/**
 * Gapless numbers per tenant and stream, from 1. Numbers are given at send, so what is refused before takes none. Bounded by
 * the number of credentials, since a stream is a connector of this process.
 */
export class StreamNumbers {
  readonly #last = new Map<string, { readonly tenant_id: string; readonly stream_id: string; seq: number }>();
  readonly #onOpened: (tenantId: string, streamId: string) => void;

  /** `onOpened` is told of each stream when its first number is given. It MUST NOT throw. */
  constructor(onOpened: (tenantId: string, streamId: string) => void = () => undefined) {
    this.#onOpened = onOpened;
  }

  next(tenantId: string, streamId: string): number {
    const key = `${tenantId}\u0000${streamId}`;
    const stream = this.#last.get(key);
    if (stream) return (stream.seq += 1);
    this.#last.set(key, { tenant_id: tenantId, stream_id: streamId, seq: 1 });
    this.#onOpened(tenantId, streamId);
    return 1;
  }

  /** All streams with their last numbers. */
  list(): readonly { readonly tenant_id: string; readonly stream_id: string; readonly seq: number }[] {
    return [...this.#last.values()].map((stream) => ({ ...stream }));
  }
}

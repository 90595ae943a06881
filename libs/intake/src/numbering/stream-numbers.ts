/**
 * Gapless numbers per tenant and stream, from 1. Numbers are given at send, so what is refused before takes none.
 * Bounded by the number of credentials, since a stream is a connector of this process.
 */
export class StreamNumbers {
  readonly #last = new Map<string, { readonly tenant_id: string; readonly stream_id: string; seq: number }>();
  readonly #onOpened: (tenantId: string, streamId: string) => void;

  /** `onOpened` is told of each stream when its first number is given. It MUST NOT throw. */
  constructor(onOpened: (tenantId: string, streamId: string) => void = () => undefined) {
    this.#onOpened = onOpened;
  }

  /**
   * Gives the next number to `use` and counts it as given only when that returns: a record that cannot be encoded
   * leaves no hole. `use` MUST be synchronous.
   */
  take<T>(tenantId: string, streamId: string, use: (seq: number) => T): T {
    const key = `${tenantId}\u0000${streamId}`;
    const stream = this.#last.get(key) ?? { tenant_id: tenantId, stream_id: streamId, seq: 0 };
    const result = use(stream.seq + 1);
    stream.seq += 1;
    if (stream.seq === 1) {
      this.#last.set(key, stream);
      this.#onOpened(tenantId, streamId);
    }
    return result;
  }

  /** All streams with their last numbers. */
  list(): readonly { readonly tenant_id: string; readonly stream_id: string; readonly seq: number }[] {
    return [...this.#last.values()].map((stream) => ({ ...stream }));
  }
}

import { AffidavitError } from '@affidavit/audit-model';
import { logBounds, type LogBounds } from '@affidavit/kafka';
import { type Admin, type Kafka } from 'kafkajs';

/**
 * Bounds of topics over one kept connection; a failed one is replaced. Answers are shared for a moment, since lanes ask
 * often.
 */
export class LogBoundsReader {
  readonly #kafka: Kafka;
  #admin: Admin | undefined;
  readonly #recent = new Map<string, { readonly at: number; readonly answer: Promise<LogBounds[]> }>();

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
  }

  of(topic: string): Promise<LogBounds[]> {
    const known = this.#recent.get(topic);
    if (known !== undefined && performance.now() - known.at < 200) return known.answer;
    const answer = this.#ask(topic);
    this.#recent.set(topic, { at: performance.now(), answer });
    answer.catch(() => this.#recent.delete(topic));
    return answer;
  }

  async close(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    await admin?.disconnect();
  }

  async #ask(topic: string): Promise<LogBounds[]> {
    const admin = (this.#admin ??= this.#kafka.admin({ retry: { retries: 1 } }));
    try {
      await admin.connect();
      return await logBounds(admin, topic);
    } catch (cause) {
      if (this.#admin === admin) this.#admin = undefined;
      void admin.disconnect().catch(() => undefined);
      throw new AffidavitError('log_unavailable', 'Kafka does not answer for the bounds of a topic', {
        retryable: true,
        cause,
        detail: { topic },
      });
    }
  }
}

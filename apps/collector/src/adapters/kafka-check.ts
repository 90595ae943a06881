import { type connectKafka } from '@affidavit/kafka';
import { type ReadinessCheck } from '@affidavit/service-kit';

type Kafka = ReturnType<typeof connectKafka>;
type Admin = ReturnType<Kafka['admin']>;

/** Whether a broker answers. Keeps one connection, since everybody may ask. */
export class KafkaCheck implements ReadinessCheck {
  readonly name = 'kafka';
  readonly #kafka: Kafka;
  #admin: Admin | undefined;

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
  }

  async check(): Promise<void> {
    const admin = (this.#admin ??= this.#kafka.admin({ retry: { retries: 0 } }));
    try {
      await admin.connect();
      await admin.describeCluster();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    await admin?.disconnect().catch(() => undefined);
  }
}

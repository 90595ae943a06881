import { type ReadinessCheck } from '@affidavit/service-kit';
import { type Admin, type Kafka } from 'kafkajs';

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

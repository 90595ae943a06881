import { Kafka, logLevel, type KafkaConfig, type SASLOptions } from 'kafkajs';
import { type KafkaLog, type KafkaSettings } from './kafka-settings.ts';
import { kafkajsLog } from './kafkajs-log.ts';

/**
 * A client for the settings; it opens no connection yet. Time-outs are short and kafkajs' own retries few, because
 * whoever waits for an answer (a receipt, a cycle of the projector) retries with knowledge of its own.
 */
export function connectKafka(settings: KafkaSettings, log: KafkaLog = () => undefined): Kafka {
  const config: KafkaConfig = {
    clientId: settings.client_id,
    brokers: [...settings.brokers],
    connectionTimeout: settings.connection_timeout_ms ?? 2_000,
    requestTimeout: settings.request_timeout_ms ?? 10_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
    logLevel: logLevel.INFO,
    logCreator: kafkajsLog(log),
  };
  if (settings.ssl) config.ssl = true;
  if (settings.sasl) config.sasl = { ...settings.sasl } as SASLOptions;
  return new Kafka(config);
}

import { openFileKeyRing } from '@affidavit/content-vault';
import { BatchingLogWriter, connectKafka, KafkaTransport } from '@affidavit/kafka';
import { connectRegistry } from '@affidavit/schema-registry';
import {
  listen,
  type LogFields,
  Metrics,
  openCredentialStore,
  type ReadinessCheck,
  type ServiceContext,
} from '@affidavit/service-kit';
import { KafkaCheck } from './adapters/kafka-check.ts';
import { registerAll } from './adapters/schemas.ts';
import { secretlintScanner } from './adapters/secretlint-scanner.ts';
import { assemble } from './assemble.ts';
import { openDoors } from './doors/open-doors.ts';
import { openRecordIndex } from './ingest/record-index.ts';
import { watchLog } from './log/watch-log.ts';
import { readCollectorSettings } from './settings.ts';
import { stopCollector } from './stop-collector.ts';

const REGISTRY_WITHIN_MS = 60_000;

/**
 * Everything that outlives a request, opened in the order in which it is needed and stopped in the other. Answers the
 * port.
 */
export async function startCollector(context: ServiceContext): Promise<number> {
  const { log } = context;
  const settings = readCollectorSettings(context.environment);
  const metrics = new Metrics('collector');
  const credentials = openCredentialStore(settings.credentials_file);
  const ring = openFileKeyRing({ directory: settings.key_ring_dir });
  context.onStop('key ring', () => ring.close());
  const kafka = connectKafka({ ...settings.kafka, client_id: 'affidavit-collector' }, (level, message, fields) =>
    log[level](message, fields as LogFields),
  );
  const writer = new BatchingLogWriter(new KafkaTransport(kafka));
  context.onStop('log writer', () => writer.close());
  watchLog(writer, metrics);
  const kafkaCheck = new KafkaCheck(kafka);
  context.onStop('kafka check', () => kafkaCheck.close());
  const index = settings.clickhouse === null ? null : openRecordIndex(settings.clickhouse, settings.generation);
  context.onStop('index', () => index?.close());
  const registry = connectRegistry(settings.registry);
  const schemas = await registerAll(registry, log, REGISTRY_WITHIN_MS);

  const collector = assemble({ settings, schemas, ring, writer, scanner: secretlintScanner, index, metrics, log });
  const readiness: readonly ReadinessCheck[] = [
    kafkaCheck,
    // Encoding needs no registry once the ids are known; this says whether they are still the registry's.
    { name: 'schema_registry', check: () => registry.ping() },
    { name: 'key_ring', check: () => (ring.broken ? Promise.reject(new Error('broken')) : Promise.resolve()) },
  ];
  const http = await openDoors({ collector, settings, metrics, credentials, readiness, log });
  context.onStop('doors', () => stopCollector(http, collector, log));
  const port = await listen(http.app, settings.listen, log);
  await collector.begin();
  return port;
}
